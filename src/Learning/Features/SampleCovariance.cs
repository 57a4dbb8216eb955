using DklActors.Learning.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Features;

/// <summary>Mean and covariance of rows, of which evenly spaced ones stand for all.</summary>
/// <param name="Mean">P values.</param>
/// <param name="Covariance">P × P.</param>
internal sealed record SampleCovariance(double[] Mean, Matrix<double> Covariance)
{
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Number P of columns.</param>
    /// <param name="most">About how many rows to use.</param>
    /// <param name="copyRow">Writes the P values of a row.</param>
    public static SampleCovariance Of(int count, int width, int most, RowReader copyRow)
    {
        int step = ((count - 1) / most) + 1, used = ((count - 1) / step) + 1;
        double[] mean = new double[width], row = new double[width], products = new double[width * width];
        for (int i = 0; i < count; i += step)
        {
            copyRow(i, row);
            VectorKernels.AddScaled(1.0 / used, row, mean);
        }

        for (int i = 0; i < count; i += step)
        {
            copyRow(i, row);
            VectorKernels.AddScaled(-1.0, mean, row);
            for (int c = 0; c < width; c++)
            {
                VectorKernels.AddScaled(row[c] / used, row, products.AsSpan(c * width, width));
            }
        }

        return new SampleCovariance(mean, Matrix<double>.Build.Dense(width, width, products));
    }

    /// <summary>Writes one row.</summary>
    internal delegate void RowReader(int index, Span<double> row);
}
