using DklActors.Host.Composition;
using DklActors.Host.Figures.Curves;
using DklActors.Learning.Vectors;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reconstructing;

/// <summary>Spectra where the reconstruction is good, middling and bad; error and coverage by channel.</summary>
internal static class SpectrumFigures
{
    // A mean spectrum with such a peak hides all else on a linear axis.
    private const double TallPeak = 50;

    private const int MostPoints = 700;
    private const int MostBins = 256;

    private static readonly (string Words, double Quantile)[] Places =
        [("low error", 0.05), ("median error", 0.5), ("high error", 0.95)];

    /// <summary>Predicted spectra with their uncertainty, beside the known ones.</summary>
    public static string Examples(
        Experiment experiment, Reconstruction reconstruction, ReconstructionScore score, SpectrumFrame sample)
    {
        var axis = new ChannelAxis(sample.Axis, reconstruction.Model.Components.Mean);
        HashSet<int> known = [.. reconstruction.Measured.Measured];
        int[] order =
        [
            .. Enumerable.Range(0, reconstruction.Model.Count)
                .Where(i => !known.Contains(i) && double.IsFinite(score.RelativeErrors[i]))
                .OrderBy(i => score.RelativeErrors[i]),
        ];
        IEnumerable<CurvePanel> panels = Places.Select(place => PanelOf(
            experiment, reconstruction, score, axis, place.Words,
            order[(int)Math.Round(place.Quantile * (order.Length - 1))]));
        return new PanelStack(
            $"{reconstruction.Measured.Measured.Count} of {reconstruction.Model.Count} spectra measured: "
            + "three of the others",
            [.. panels],
            axis.Range,
            axis.Label).Paint();
    }

    /// <summary>Error of every channel for each method, and coverage of the intervals.</summary>
    public static string Channels(
        Reconstruction reconstruction, ReconstructionScore score, SpectrumFrame sample)
    {
        var axis = new ChannelAxis(sample.Axis, reconstruction.Model.Components.Mean);
        ScoredMethod main = score.Methods[0];
        LinePanel errors = new(
            "Root mean square error",
            "counts",
            [
                .. score.Methods.Reverse().Select((method, i) => Line(
                    method.Name, BandCurve.ColourOf(score.Methods.Count - 1 - i), method.Errors.ChannelErrors())),
            ])
        {
            HasManyDecades = HasTallPeak(main.Errors.ChannelErrors(), axis),
        };
        LinePanel coverage = new(
            "Share of known values inside the intervals of vector-dkl; dashed: nominal",
            "coverage",
            [
                Line("68 %", BandCurve.ColourOf(2), main.Coverage68!.ByChannel()),
                Line("95 %", BandCurve.ColourOf(4), main.Coverage95!.ByChannel()),
            ])
        {
            Ideals = [0, main.Coverage68.Level, main.Coverage95.Level, 1],
        };
        return new PanelStack(
            "Where nothing was measured, channel by channel", [errors, coverage], axis.Range, axis.Label).Paint();

        LineCurve Line(string name, string colour, double[] values) =>
            new(name, colour, axis.Points(values, MostBins), []);
    }

    private static LinePanel PanelOf(
        Experiment experiment,
        Reconstruction reconstruction,
        ReconstructionScore score,
        ChannelAxis axis,
        string words,
        int candidate)
    {
        GridPoint place = reconstruction.Measured.Candidates.PointAt(candidate);
        double[] truth =
            Array.ConvertAll(experiment.RequireTruth().FrameAt(place).Counts.ToArray(), static value => (double)value);
        double[] mean = new double[truth.Length], variance = new double[truth.Length];
        reconstruction.Model.Predict(candidate, mean);
        reconstruction.Model.PredictVariance(candidate, variance);
        bool isNoisy = score.Noise != TruthNoise.None;
        return new LinePanel(
            FormattableString.Invariant(
                $"{words}: row {place.Row}, column {place.Column}, {score.RelativeErrors[candidate]:P1} off"),
            "counts",
            [
                new LineCurve(isNoisy ? "recorded" : "truth", "#8a8f94", axis.Points(truth, MostPoints), [])
                {
                    StrokeWidth = isNoisy ? 0.8 : 2.4,
                },
                new LineCurve(
                    "prediction ± 1σ",
                    BandCurve.ColourOf(2),
                    axis.Points(mean, MostPoints),
                    [.. axis.Points(Array.ConvertAll(variance, Math.Sqrt), MostPoints).Select(static p => p.Y)]),
            ])
        {
            HasManyDecades = !isNoisy && HasTallPeak(truth, axis),
        };
    }

    private static bool HasTallPeak(double[] values, ChannelAxis axis)
    {
        double[] sorted = [.. values[axis.First..(axis.Last + 1)].Order()];
        return sorted[0] > 0 && sorted[^1] > TallPeak * sorted[sorted.Length / 2];
    }
}
