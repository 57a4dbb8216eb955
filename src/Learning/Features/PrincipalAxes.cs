using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace DklActors.Learning.Features;

/// <summary>
/// Eigenvectors of a covariance matrix. The sign of each is chosen so that its element of greatest magnitude is
/// positive, and so does not depend on the solver.
/// </summary>
internal static class PrincipalAxes
{
    // Float32 values do not carry a component whose deviation is a millionth of the first one's: it is rounding.
    private const double LeastRelativeVariance = 1e-12;

    /// <param name="covariance">Symmetric, P × P.</param>
    /// <param name="count">Number of axes, P at most.</param>
    /// <returns>
    /// Unit vectors of P elements, that of greatest variance first; 0 where no variance is left beyond rounding.
    /// </returns>
    public static double[][] Of(Matrix<double> covariance, int count)
    {
        Evd<double> eigen = covariance.Evd(Symmetricity.Symmetric);
        double[][] axes = new double[count][];
        double least = LeastRelativeVariance * eigen.EigenValues[covariance.RowCount - 1].Real;
        for (int k = 0; k < count; k++)
        {
            // Eigenvalues come in ascending order.
            int place = covariance.RowCount - 1 - k;
            if (eigen.EigenValues[place].Real < least)
            {
                axes[k] = new double[covariance.RowCount];
                continue;
            }

            double[] axis = eigen.EigenVectors.Column(place).ToArray();
            int greatest = Array.IndexOf(axis, axis.MaxBy(Math.Abs));
            double sign = axis[greatest] < 0.0 ? -1.0 : 1.0;
            axes[k] = Array.ConvertAll(axis, value => value * sign);
        }

        return axes;
    }
}
