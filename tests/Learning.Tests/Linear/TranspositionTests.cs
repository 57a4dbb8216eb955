using DklActors.Learning.Linear;

namespace DklActors.Learning.Tests.Linear;

public sealed class TranspositionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(3, 50)]
    [InlineData(48, 7)]
    [InlineData(21, 37)]
    public void Every_element_lands_where_row_and_column_are_swapped_and_none_beside_it(int rows, int columns)
    {
        int sourceStride = columns + 3, targetStride = rows + 5;
        float[] source = [.. Enumerable.Range(0, rows * sourceStride).Select(i => i + 1.0f)];
        float[] target = new float[columns * targetStride];
        Transposition.Copy<float>(source, sourceStride, rows, columns, target, targetStride);
        double[] doubles = Array.ConvertAll(source, value => (double)value), wide = new double[target.Length];
        Transposition.Copy<double>(doubles, sourceStride, rows, columns, wide, targetStride);
        for (int i = 0; i < target.Length; i++)
        {
            int row = i % targetStride, column = i / targetStride;
            float expected = row < rows ? source[(row * sourceStride) + column] : 0.0f;
            target[i].Should().Be(expected);
            wide[i].Should().Be(expected);
        }
    }
}
