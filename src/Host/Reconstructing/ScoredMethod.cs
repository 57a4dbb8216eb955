using DklActors.Learning.Vectors;

namespace DklActors.Host.Reconstructing;

/// <summary>A way to predict frames and how well it did where nothing was measured.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Predictor">What predicts.</param>
/// <param name="Errors">Against the known frames.</param>
/// <param name="Coverage68">Of the interval of one deviation; null where the method states no uncertainty.</param>
/// <param name="Coverage95">Of the interval of two deviations.</param>
internal sealed record ScoredMethod(
    string Name,
    IFramePredictor Predictor,
    FrameErrors Errors,
    IntervalCoverage? Coverage68,
    IntervalCoverage? Coverage95)
{
    public static ScoredMethod Of(string name, IFramePredictor predictor, TruthNoise noise, int channels) => new(
        name,
        predictor,
        new FrameErrors(noise, channels),
        predictor is VectorModel ? new IntervalCoverage(noise, channels, 1.0) : null,
        predictor is VectorModel ? new IntervalCoverage(noise, channels, 2.0) : null);

    /// <summary>Takes one frame that was not measured.</summary>
    public void Add(
        int candidate, ReadOnlySpan<double> mean, Span<double> variance, ReadOnlySpan<float> truth)
    {
        Errors.Add(mean, truth);
        if (Predictor is VectorModel model)
        {
            model.PredictVariance(candidate, variance);
            Coverage68!.Add(mean, variance, truth);
            Coverage95!.Add(mean, variance, truth);
        }
    }
}
