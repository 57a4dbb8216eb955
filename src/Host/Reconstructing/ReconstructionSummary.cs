using System.Globalization;
using System.Text;
using System.Text.Json;
using DklActors.Host.Composition;
using DklActors.Learning.Vectors;

namespace DklActors.Host.Reconstructing;

/// <summary>A reconstruction in numbers, as <c>summary.json</c> and the last line of <c>--json</c> have it.</summary>
internal sealed record ReconstructionSummary
{
    private static readonly JsonSerializerOptions Lines = OptionsOf(indented: false);
    private static readonly JsonSerializerOptions Indented = OptionsOf(indented: true);

    public required string Name { get; init; }

    public required int Candidates { get; init; }

    public required int Measured { get; init; }

    /// <summary>Frames left out because they hold values that are no numbers.</summary>
    public required int FramesLeftOut { get; init; }

    public required string Points { get; init; }

    public required int Channels { get; init; }

    public required int Components { get; init; }

    /// <summary>Share of the noise-weighted variance of the measured frames that the components hold.</summary>
    public required double ExplainedShare { get; init; }

    /// <summary>Variance over expectation of the measured values; 1 for counts.</summary>
    public required double NoiseFactor { get; init; }

    /// <summary>Variance over expectation of what the components leave of the measured values.</summary>
    public required double Dispersion { get; init; }

    public required int Epochs { get; init; }

    public required string? Note { get; init; }

    /// <summary>noise-free, recorded, or null where nothing is known.</summary>
    public required string? Truth { get; init; }

    /// <summary>Relative error that a perfect prediction would have against the noise of the truth.</summary>
    public required double? NoiseFloor { get; init; }

    public required IReadOnlyList<MethodSummary> Methods { get; init; }

    /// <summary>Rank correlation and R² of the map of the recipe's scalar, where nothing was measured.</summary>
    public required double? ScalarSpearman { get; init; }

    public required double? ScalarR2 { get; init; }

    public required ulong Seed { get; init; }

    public required string Scalarizer { get; init; }

    public required string Software { get; init; }

    public required double LearningSeconds { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Folder { get; init; }

    public string ToJson(bool indented) => JsonSerializer.Serialize(this, indented ? Indented : Lines);

    public static ReconstructionSummary Of(
        Experiment experiment,
        Reconstruction reconstruction,
        ReconstructionScore? score,
        string folder,
        TimeSpan learning,
        TimeSpan duration)
    {
        VectorModel model = reconstruction.Model;
        return new ReconstructionSummary
        {
            Name = experiment.Recipe.Name,
            Candidates = model.Count,
            Measured = reconstruction.Measured.Measured.Count,
            FramesLeftOut = reconstruction.Measured.LeftOut,
            Points = reconstruction.Measured.Choice,
            Channels = reconstruction.Measured.Channels,
            Components = model.Components.Count,
            ExplainedShare = model.Components.ExplainedShare,
            NoiseFactor = model.Components.NoiseFactor,
            Dispersion = model.Components.Dispersion,
            Epochs = model.Report.Epochs,
            Note = model.Report.Note,
            Truth = score is null ? null : score.Noise == TruthNoise.None ? "noise-free" : "recorded",
            NoiseFloor = score?.Methods[0].Errors.NoiseFloor,
            Methods = score is null ? [] : [.. score.Methods.Select(MethodSummary.Of)],
            ScalarSpearman = score?.Scalar?.Spearman,
            ScalarR2 = score?.Scalar?.RSquared,
            Seed = (ulong)experiment.Recipe.Seed,
            Scalarizer = experiment.Scalarizer.Identity,
            Software = ProvenanceReader.SoftwareVersion,
            LearningSeconds = learning.TotalSeconds,
            DurationSeconds = duration.TotalSeconds,
            Folder = folder,
        };
    }

    /// <summary>The methods side by side, in Markdown.</summary>
    public string Table()
    {
        var text = new StringBuilder(
            "| method | error, median frame | error, all frames | times vector-dkl | beyond noise | 68 % | 95 % |\n"
            + "|---|---|---|---|---|---|---|\n");
        foreach (MethodSummary method in Methods)
        {
            double ratio = method.Error / Methods[0].Error;
            text.Append(CultureInfo.InvariantCulture, $"| {method.Name} | {method.MedianError:P2} | {method.Error:P2} ")
                .Append(CultureInfo.InvariantCulture, $"| {ratio:F2} | {method.ErrorBeyondNoise:P2} ")
                .Append(CultureInfo.InvariantCulture, $"| {Share(method.Coverage68)} | {Share(method.Coverage95)} |\n");
        }

        return text.ToString();

        static string Share(double? share) => share?.ToString("F3", CultureInfo.InvariantCulture) ?? "";
    }

    private static JsonSerializerOptions OptionsOf(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>One method's errors, relative to the frames' norm, over the candidates that were not measured.</summary>
/// <param name="Name">The method.</param>
/// <param name="MedianError">Of the median frame.</param>
/// <param name="Error">Of all frames together.</param>
/// <param name="ErrorBeyondNoise">The same without what the noise of the truth makes of it.</param>
/// <param name="Coverage68">Share of known values inside the 68 % interval, or null without an uncertainty.</param>
/// <param name="Coverage95">Share inside the 95 % interval.</param>
/// <param name="Channels68">Least, median and greatest coverage of the 68 % interval of a channel.</param>
/// <param name="Channels95">The same of the 95 % interval.</param>
internal sealed record MethodSummary(
    string Name,
    double MedianError,
    double Error,
    double ErrorBeyondNoise,
    double? Coverage68,
    double? Coverage95,
    IReadOnlyList<double>? Channels68,
    IReadOnlyList<double>? Channels95)
{
    public static MethodSummary Of(ScoredMethod method) => new(
        method.Name,
        method.Errors.MedianRelative,
        method.Errors.Relative,
        method.Errors.RelativeBeyondNoise,
        method.Coverage68?.Mean,
        method.Coverage95?.Mean,
        Spread(method.Coverage68),
        Spread(method.Coverage95));

    private static double[]? Spread(IntervalCoverage? coverage)
    {
        double[]? sorted = coverage?.ByChannel().Order().ToArray();
        return sorted is null ? null : [sorted[0], sorted[sorted.Length / 2], sorted[^1]];
    }
}
