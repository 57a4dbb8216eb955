using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Tests.Linear;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1, false, false)]
    [InlineData(7, 33, 19, false, true)]
    [InlineData(25, 81, 300, false, true)]
    [InlineData(64, 513, 70, true, false)]
    [InlineData(130, 20, 259, false, false)]
    [InlineData(8, 256, 32, true, true)]
    public void The_product_is_that_of_three_plain_loops(int m, int inner, int n, bool turnLeft, bool turnRight)
    {
        MatrixView left = turnLeft ? Random(inner, m, 1).Transposed : Random(m, inner, 1);
        MatrixView right = turnRight ? Random(n, inner, 2).Transposed : Random(inner, n, 2);
        float[] result = [.. Enumerable.Repeat(9.0f, m * n)];
        MatrixProduct.Multiply(left, right, result, threads: 2);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < inner; k++)
                {
                    sum += (double)At(left, i, k) * At(right, k, j);
                }

                ((double)result[(i * n) + j]).Should().BeApproximately(sum, 2e-6 * Math.Sqrt(inner) * 4.0);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        MatrixView left = Random(150, 700, 3), right = Random(700, 310, 4);
        float[] one = new float[150 * 310], four = new float[150 * 310];
        MatrixProduct.Multiply(left, right, one, threads: 1);
        MatrixProduct.Multiply(left, right, four, threads: 4);
        four.Should().Equal(one);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Action action = () => MatrixProduct.Multiply(Random(2, 3, 1), Random(4, 2, 1), new float[4], 1);
        action.Should().Throw<ArgumentException>().WithMessage("*(2 × 3)·(4 × 2)*");
    }

    private static float At(MatrixView matrix, int row, int column) =>
        matrix.Values.Span[(row * matrix.RowStride) + (column * matrix.ColumnStride)];

    private static MatrixView Random(int rows, int columns, ulong index)
    {
        SeededRandom random = SeededRandom.Derive(9, RandomPurpose.NetworkWeights, index);
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextGaussian())];
        return new MatrixView(values, rows, columns);
    }
}
