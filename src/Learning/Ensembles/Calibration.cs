using DklActors.Learning.Scoring;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// Learns from leave-one-out errors how far the predicted deviations may be trusted: the most probable scale and tail
/// of Student's distribution, on a grid, under priors that rule while there are few points.
/// </summary>
internal static class Calibration
{
    // Errors of maps have tails like ν = 4 on every data set looked at, and the learned deviations are a little long.
    private const double MedianScale = 0.85;
    private const double LogScaleDeviation = 0.25;
    private const double MeanReciprocal = 0.25;
    private const double ReciprocalDeviation = 0.1;
    private const int ScaleSteps = 57;
    private const double WidestLogScale = 0.7;

    private static readonly double[] DegreesOfFreedom = [2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 30.0];

    /// <param name="standardised">Leave-one-out errors in predicted deviations.</param>
    public static PredictiveShape Fit(ReadOnlySpan<double> standardised)
    {
        var best = new PredictiveShape(1.0 / MeanReciprocal, MedianScale);
        double highest = double.NegativeInfinity;
        foreach (double v in DegreesOfFreedom)
        {
            for (int i = 0; i < ScaleSteps; i++)
            {
                double logScale = WidestLogScale * ((2.0 * i / (ScaleSteps - 1)) - 1.0);
                var shape = new PredictiveShape(v, Math.Exp(logScale));
                double posterior = LogPrior(1.0 / v, logScale) + shape.LogDensity(standardised);
                if (posterior > highest)
                {
                    (highest, best) = (posterior, shape);
                }
            }
        }

        return best;
    }

    private static double LogPrior(double reciprocal, double logScale)
    {
        double tail = (reciprocal - MeanReciprocal) / ReciprocalDeviation;
        double width = (logScale - Math.Log(MedianScale)) / LogScaleDeviation;
        return -0.5 * ((tail * tail) + (width * width));
    }
}
