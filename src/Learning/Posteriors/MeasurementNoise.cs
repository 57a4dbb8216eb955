using DklActors.Messages.Scalars;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// How a measurement scatters about the latent function: learned noise, and the standard errors that the scalarizer
/// states, whose squares are taken to be linear in the value. For counting that is exact (variance = expectation).
/// </summary>
/// <param name="Learned">Variance of the learned noise, unit².</param>
/// <param name="ErrorOffset">Squared standard error of a value of 0, unit²; 0 or greater.</param>
/// <param name="ErrorSlope">Its growth with the value, unit; 0 or greater.</param>
internal readonly record struct MeasurementNoise(double Learned, double ErrorOffset, double ErrorSlope)
{
    public double At(double value) => Learned + Math.Max(0.0, ErrorOffset + (ErrorSlope * value));

    /// <summary>Fits the standard errors by least squares under both bounds; unknown ones count as 0.</summary>
    public static MeasurementNoise Fit(double learned, IReadOnlyList<Observation> observations)
    {
        if (observations.Count == 0)
        {
            return new MeasurementNoise(learned, 0.0, 0.0);
        }

        double[] squares =
        [
            .. observations.Select(static o => o.StandardError)
                .Select(static error => double.IsFinite(error) ? error * error : 0.0),
        ];
        double meanSquare = squares.Average(), meanValue = observations.Average(static o => o.Value);
        double covariance = 0.0, variance = 0.0, product = 0.0, power = 0.0;
        for (int i = 0; i < squares.Length; i++)
        {
            double value = observations[i].Value;
            covariance += (squares[i] - meanSquare) * (value - meanValue);
            variance += (value - meanValue) * (value - meanValue);
            product += squares[i] * value;
            power += value * value;
        }

        double slope = variance > 0.0 ? covariance / variance : 0.0;
        double offset = meanSquare - (slope * meanValue);
        if (!(slope > 0.0) || !double.IsFinite(slope))
        {
            return new MeasurementNoise(learned, meanSquare, 0.0);
        }

        return offset >= 0.0
            ? new MeasurementNoise(learned, offset, slope)
            : new MeasurementNoise(learned, 0.0, Math.Max(0.0, product / power));
    }
}
