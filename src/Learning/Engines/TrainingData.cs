using DklActors.Messages.Scalars;

namespace DklActors.Learning.Engines;

/// <summary>Observations, checked and standardised.</summary>
/// <param name="Candidates">N candidates.</param>
/// <param name="Targets">N standardised values.</param>
/// <param name="ErrorVariances">N squared standard errors in standardised units; an unknown error counts as 0.</param>
/// <param name="Scaling">How the values were standardised.</param>
/// <param name="Note">What is odd about the data, or null.</param>
internal sealed record TrainingData(
    int[] Candidates, double[] Targets, double[] ErrorVariances, TargetScaling Scaling, string? Note)
{
    // Beyond this a variance, the square, would come near the end of float64.
    private const double GreatestMagnitude = 1e140;

    // Values that agree to this share of their magnitude differ by rounding only.
    private const double LeastRelativeDeviation = 1e-12;

    /// <exception cref="TrainingFailedException">There are none, or one is unusable.</exception>
    public static TrainingData Create(IReadOnlyList<Observation> observations, int candidateCount)
    {
        if (observations.Count == 0)
        {
            throw new TrainingFailedException(
                "There is no observation to train on. Measure the seed points first.");
        }

        foreach (Observation observation in observations)
        {
            bool usable = Math.Abs(observation.Value) <= GreatestMagnitude;
            if ((uint)observation.Candidate >= (uint)candidateCount || !usable)
            {
                throw new TrainingFailedException(
                    $"The observation {observation.Value} at candidate {observation.Candidate} of {candidateCount} " +
                    "cannot be learned from. Leave bad scalars out of the training.");
            }
        }

        (TargetScaling scaling, string? note) = Scale(observations);
        return new TrainingData(
            [.. observations.Select(static observation => observation.Candidate)],
            [.. observations.Select(observation => scaling.Standardise(observation.Value))],
            [.. observations.Select(observation => ErrorVariance(observation.StandardError / scaling.Scale))],
            scaling, note);
    }

    private static double ErrorVariance(double error) => double.IsFinite(error) ? error * error : 0.0;

    private static (TargetScaling Scaling, string? Note) Scale(IReadOnlyList<Observation> observations)
    {
        // Scaled by the greatest magnitude first, so that no square overflows.
        double greatest = observations.Max(static observation => Math.Abs(observation.Value));
        double unit = greatest > 0.0 ? greatest : 1.0;
        double mean = observations.Average(observation => observation.Value / unit);
        double variance = observations.Average(
            observation => Math.Pow((observation.Value / unit) - mean, 2.0));
        double deviation = Math.Sqrt(variance);
        return deviation > LeastRelativeDeviation
            ? (new TargetScaling(mean * unit, deviation * unit), null)
            : (new TargetScaling(mean * unit, unit), observations.Count == 1
                ? null : $"All {observations.Count} observations have the same value.");
    }
}
