using DklActors.Learning.Linear;

namespace DklActors.Learning.Tests.Linear;

public sealed class NegligibleTests
{
    [Fact]
    public void Only_what_is_smaller_than_the_bound_becomes_zero_and_NaN_stays()
    {
        double[] values = [1.0, -1e-80, 1e-70, -1e-70, 5e-324, double.NaN, -2.0, 0.0, 1e-76, 3.0, 1e-90];
        Negligible.Clear(values, 1e-75);
        values.Should().Equal(1.0, 0.0, 1e-70, -1e-70, 0.0, double.NaN, -2.0, 0.0, 0.0, 3.0, 0.0);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-60)]
    [InlineData(1e60)]
    public void A_kernel_of_points_far_apart_factorises_and_inverts_without_subnormal_numbers(double unit)
    {
        // On a line, half a lengthscale apart: exp(−r²/2) falls from 1 to below the smallest number there is.
        const int Order = 200;
        double[] matrix = new double[Order * Order];
        for (int i = 0; i < matrix.Length; i++)
        {
            double distance = 0.5 * ((i / Order) - (i % Order));
            matrix[i] = unit * (Math.Exp(-0.5 * distance * distance) + (distance == 0.0 ? 0.1 : 0.0));
        }

        matrix.Should().Contain(value => value != 0.0 && value < 1e-250);
        double[] factor = [.. matrix], inverse = new double[matrix.Length], work = new double[matrix.Length];
        Cholesky.TryFactorise(factor, Order).Should().BeTrue();
        TriangularSolve.Invert(factor, Order, work, inverse);
        for (int row = 0; row < Order; row++)
        {
            // Above the diagonal the factor is as it was given; nobody reads that.
            factor.AsSpan(row * Order, row + 1).ToArray().Concat(work[(row * Order)..((row + 1) * Order)])
                .Should().OnlyContain(value => value == 0.0 || double.IsNormal(value));
            for (int column = 0; column < Order; column++)
            {
                double sum = 0.0;
                for (int k = 0; k < Order; k++)
                {
                    sum += matrix[(row * Order) + k] * inverse[(k * Order) + column];
                }

                sum.Should().BeApproximately(row == column ? 1.0 : 0.0, 1e-11);
            }
        }
    }
}
