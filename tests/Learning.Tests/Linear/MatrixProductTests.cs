using System.Runtime.Intrinsics;
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
        MatrixView<float> left = turnLeft ? Random(inner, m, 1).Transposed : Random(m, inner, 1);
        MatrixView<float> right = turnRight ? Random(n, inner, 2).Transposed : Random(inner, n, 2);
        float[] result = [.. Enumerable.Repeat(9.0f, m * n)];
        MatrixProduct.Multiply(left, right, new MatrixTarget<float>(result, n), threads: 2);
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
        MatrixView<float> left = Random(150, 700, 3), right = Random(700, 310, 4);
        float[] one = new float[150 * 310], four = new float[150 * 310];
        MatrixProduct.Multiply(left, right, new MatrixTarget<float>(one, 310), threads: 1);
        MatrixProduct.Multiply(left, right, new MatrixTarget<float>(four, 310), threads: 4);
        four.Should().Equal(one);
    }

    [Fact]
    public void Every_width_of_vectors_gives_the_same_bits()
    {
        const int Steps = 77;
        float[] left = Random(4, Steps, 5).Values.ToArray(), right = Random(Steps, 48, 6).Values.ToArray();
        float[] narrow = Tiled<Vector128<float>, Lanes128<float>>(left, right, Steps);
        Tiled<Vector256<float>, Lanes256<float>>(left, right, Steps).Should().Equal(narrow);
        Tiled<Vector512<float>, Lanes512<float>>(left, right, Steps).Should().Equal(narrow);
        double sum = 0.0;
        for (int k = 0; k < Steps; k++)
        {
            sum += (double)left[(3 * Steps) + k] * right[(k * 48) + 47];
        }

        ((double)narrow[(3 * 48) + 47]).Should().BeApproximately(sum, 1e-5);
    }

    [Theory]
    [InlineData(5, 3, 200)]
    [InlineData(97, 100, 131)]
    public void A_float64_product_can_be_added_subtracted_and_held_to_the_lower_triangle(int n, int inner, int stride)
    {
        SeededRandom random = SeededRandom.Derive(9, RandomPurpose.NetworkWeights, 8);
        double[] values = [.. Enumerable.Range(0, n * inner).Select(_ => random.NextGaussian())];
        double[] added = [.. Enumerable.Repeat(2.0, n * stride)], subtracted = [.. added];
        var left = new MatrixView<double>(values, n, inner);
        MatrixProduct.Multiply(
            left, left.Transposed, new MatrixTarget<double>(added, stride, ProductUpdate.Add), threads: 2);
        MatrixProduct.Multiply(
            left, left.Transposed,
            new MatrixTarget<double>(subtracted, stride, ProductUpdate.Subtract, LowerOnly: true), threads: 2);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < inner; k++)
                {
                    sum += values[(i * inner) + k] * values[(j * inner) + k];
                }

                added[(i * stride) + j].Should().BeApproximately(2.0 + sum, 1e-11);
                if (j <= i)
                {
                    subtracted[(i * stride) + j].Should().BeApproximately(2.0 - sum, 1e-11);
                }
            }

            added[(i * stride) + n].Should().Be(2.0);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Action action = () => MatrixProduct.Multiply(
            Random(2, 3, 1), Random(4, 2, 1), new MatrixTarget<float>(new float[4], 2), 1);
        action.Should().Throw<ArgumentException>().WithMessage("*(2 × 3)·(4 × 2)*");
    }

    // The right columns go through the tile's width one panel after the other.
    private static float[] Tiled<TVector, TLanes>(float[] left, float[] right, int steps)
        where TVector : struct
        where TLanes : ILanes<TVector, float>
    {
        int width = MicroKernel.VectorsInRow * TLanes.Count;
        float[] result = new float[4 * 48];
        float[] panel = new float[steps * width];
        for (int column = 0; column < 48; column += width)
        {
            for (int k = 0; k < steps; k++)
            {
                right.AsSpan((k * 48) + column, width).CopyTo(panel.AsSpan(k * width));
            }

            RegisterTile<float, TVector, TLanes>.Multiply(
                ref left[0], steps, 4, ref panel[0], steps, ref result[column], 48, 1.0f, add: false);
        }

        return result;
    }

    private static float At(MatrixView<float> matrix, int row, int column) =>
        matrix.Values.Span[(row * matrix.RowStride) + (column * matrix.ColumnStride)];

    private static MatrixView<float> Random(int rows, int columns, ulong index)
    {
        SeededRandom random = SeededRandom.Derive(9, RandomPurpose.NetworkWeights, index);
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.NextGaussian())];
        return new MatrixView<float>(values, rows, columns);
    }
}
