using DklActors.Host.Composition;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;
using DklActors.Learning.Scoring;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Reconstructing;

/// <summary>A reconstruction against the known frames: every method, the scalar, every place's error.</summary>
/// <param name="Methods">Vector DKL first, then the baselines on the same measured frames.</param>
/// <param name="Noise">Noise of the known frames.</param>
/// <param name="RelativeErrors">‖prediction − truth‖ / ‖truth‖ of every candidate, measured ones included.</param>
/// <param name="TruthScores">Scores of the known frames, M × K.</param>
/// <param name="TruthScalars">Scalar of the known frames; NaN where there is none.</param>
/// <param name="Scalar">The predicted scalars against them where nothing was measured, or null.</param>
internal sealed record ReconstructionScore(
    IReadOnlyList<ScoredMethod> Methods,
    TruthNoise Noise,
    double[] RelativeErrors,
    double[] TruthScores,
    double[] TruthScalars,
    MapScore? Scalar)
{
    /// <param name="experiment">Its microscope knows the truth.</param>
    /// <param name="reconstruction">Predictions.</param>
    /// <param name="baselines">What to compare with, by name.</param>
    /// <param name="cancellationToken">Noticed at every candidate.</param>
    public static ReconstructionScore Of(
        Experiment experiment,
        Reconstruction reconstruction,
        IEnumerable<(string Name, IFramePredictor Predictor)> baselines,
        CancellationToken cancellationToken)
    {
        MeasuredFrames measured = reconstruction.Measured;
        FrameComponents components = reconstruction.Model.Components;
        int count = measured.Candidates.Count, channels = measured.Channels, outputs = components.Count;
        TruthNoise noise = NoiseOf(experiment, components);
        IKnownTruth truthOf = experiment.RequireTruth();
        ScoredMethod[] methods =
        [
            .. baselines.Prepend(("vector-dkl", reconstruction.Model))
                .Select(entry => ScoredMethod.Of(entry.Item1, entry.Item2, noise, channels)),
        ];
        double[] errors = new double[count], scores = new double[count * outputs], scalars = new double[count];
        HashSet<int> known = [.. measured.Measured];
        double[] mean = new double[channels], variance = new double[channels];
        var own = new FrameErrors(noise, channels);
        for (int candidate = 0; candidate < count; candidate++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Frame frame = truthOf.FrameAt(measured.Candidates.PointAt(candidate));
            scalars[candidate] = ScalarOf(experiment, frame, measured.Candidates.PointAt(candidate));
            ReadOnlySpan<float> truth = frame.Counts.Span;
            if (!MeasuredFrames.IsFinite(truth))
            {
                errors[candidate] = double.NaN;
                scores.AsSpan(candidate * outputs, outputs).Fill(double.NaN);
                continue;
            }

            components.Project(truth, scores.AsSpan(candidate * outputs, outputs));
            reconstruction.Model.Predict(candidate, mean);
            errors[candidate] = own.Add(mean, truth);
            foreach (ScoredMethod method in known.Contains(candidate) ? [] : methods)
            {
                method.Predictor.Predict(candidate, mean);
                method.Add(candidate, mean, variance, truth);
            }
        }

        return new ReconstructionScore(
            methods, noise, errors, scores, scalars, ScalarScore(reconstruction.Scalars, scalars, known));
    }

    /// <summary>Scalar of a frame by itself; NaN where it cannot be used, as where it needs neighbours.</summary>
    public static double ScalarOf(Experiment experiment, Frame frame, GridPoint point)
    {
        ScalarResult scalar = experiment.Scalarizer.Evaluate(new Measurement(frame, point.Centre));
        return scalar.Quality == ScalarQuality.Bad ? double.NaN : scalar.Value;
    }

    // Recorded frames have the noise of the measured ones, which may be a little less than Poisson's, or predictions
    // would seem better than they can be; a share of them has that share's noise.
    private static TruthNoise NoiseOf(Experiment experiment, FrameComponents components) =>
        experiment.Microscope.Truth is { IsNoiseFree: true } ? TruthNoise.None
        : experiment.Recipe.Microscope is PreacquiredSection { PoissonFactor: { } factor } ? new(factor, false)
        : new TruthNoise(Math.Min(components.NoiseFactor, components.Dispersion), components.IsCounts);

    private static MapScore? ScalarScore(double[] predicted, double[] truth, HashSet<int> known)
    {
        int[] scored =
        [
            .. Enumerable.Range(0, truth.Length).Where(i =>
                !known.Contains(i) && double.IsFinite(truth[i]) && double.IsFinite(predicted[i])),
        ];
        double[] values = [.. scored.Select(i => truth[i])];
        return values.Distinct().Take(2).Count() == 2
            ? MapScore.Compute([.. scored.Select(i => predicted[i])], new double[values.Length], values)
            : null;
    }
}
