using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.Linear;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(48)]
    [InlineData(131)]
    [InlineData(431)]
    public void Factor_solves_and_inverse_are_MathNets(int n)
    {
        Matrix<double> a = PositiveDefinite(n);
        double[] factor = a.Transpose().ToColumnMajorArray();
        Cholesky.TryFactorise(factor, n, threads: 2).Should().BeTrue();
        Matrix<double> expected = a.Cholesky().Factor;
        Matrix<double> inverse = a.Inverse();
        double[] work = new double[n * n], inverted = new double[n * n];
        TriangularSolve.Invert(factor, n, work, inverted, threads: 2);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                inverted[(i * n) + j].Should().BeApproximately(inverse[i, j], 1e-10);
                if (j <= i)
                {
                    factor[(i * n) + j].Should().BeApproximately(expected[i, j], 1e-10 * n);
                }
            }
        }

        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))];
        Vector<double> solution = a.Solve(Vector<double>.Build.DenseOfArray(x));
        TriangularSolve.Forward(factor, n, x);
        TriangularSolve.Backward(factor, n, x);
        for (int i = 0; i < n; i++)
        {
            x[i].Should().BeApproximately(solution[i], 1e-10);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        const int Order = 400;
        double[] one = PositiveDefinite(Order).ToColumnMajorArray(), two = [.. one];
        Cholesky.TryFactorise(one, Order).Should().BeTrue();
        Cholesky.TryFactorise(two, Order, threads: 3).Should().BeTrue();
        two.Should().Equal(one);
        double[] first = new double[Order * Order], second = new double[Order * Order];
        TriangularSolve.Invert(one, Order, new double[Order * Order], first);
        TriangularSolve.Invert(two, Order, new double[Order * Order], second, threads: 3);
        second.Should().Equal(first);
    }

    [Fact]
    public void What_is_not_positive_definite_needs_jitter_or_is_refused()
    {
        double[] singular = [1.0, 1.0, 1.0, 1.0], factor = new double[4];
        double[] indefinite = [1.0, 2.0, 2.0, 1.0], unknown = [1.0, double.NaN, double.NaN, 1.0];
        Cholesky.TryFactoriseWithJitter(singular, 2, factor, out double jitter).Should().BeTrue();
        jitter.Should().BeInRange(1e-11, 1e-9);
        singular.Should().Equal(1.0, 1.0, 1.0, 1.0);
        Cholesky.TryFactoriseWithJitter(indefinite, 2, factor, out _).Should().BeFalse();
        Cholesky.TryFactoriseWithJitter(unknown, 2, factor, out _).Should().BeFalse();
    }

    private static Matrix<double> PositiveDefinite(int n)
    {
        SeededRandom random = SeededRandom.Derive(3, RandomPurpose.NetworkWeights, (ulong)n);
        Matrix<double> b = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian());
        return (b * b.Transpose()) + (n * Matrix<double>.Build.DenseIdentity(n));
    }
}
