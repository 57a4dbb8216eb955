using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Composition;
using DklActors.Host.Evidence;
using DklActors.Host.Running;
using DklActors.Journal.Storage;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Reporting;

/// <summary>A run in numbers, as <c>summary.json</c> and the last line of <c>--json</c> have it.</summary>
/// <remarks>Errors are those of the map over all candidates, scaled so that the known map spans 0 to 1.</remarks>
internal sealed record RunSummary
{
    private static readonly JsonSerializerOptions Lines = OptionsOf(indented: false);
    private static readonly JsonSerializerOptions Indented = OptionsOf(indented: true);

    public required string Run { get; init; }

    public required string Name { get; init; }

    public required RunState State { get; init; }

    public required string? Reason { get; init; }

    /// <summary>The budget that completed the run; null where it was no other than the number of points.</summary>
    public required BudgetKind? Budget { get; init; }

    /// <summary>Measured points, seeds included.</summary>
    public required int Points { get; init; }

    /// <summary>Those of them whose scalar is bad, and of which nothing was learned.</summary>
    public required int BadPoints { get; init; }

    public required BestPoint? Best { get; init; }

    public required double? Rmse { get; init; }

    public required double? R2 { get; init; }

    public required double? Nlpd { get; init; }

    public required double? Spearman { get; init; }

    /// <summary>Share of the known map inside the 68 % interval.</summary>
    public required double? Coverage68 { get; init; }

    /// <summary>Share of the known map inside the 95 % interval.</summary>
    public required double? Coverage95 { get; init; }

    /// <summary>Whether structure helps, as the last model says; null where no model looked into it.</summary>
    public required StructureSummary? Structure { get; init; }

    public required double DurationSeconds { get; init; }

    public required double? BeamUtilisation { get; init; }

    public required double? SerialBeamUtilisation { get; init; }

    /// <summary>Frames whose patch an earlier frame had already given.</summary>
    public required int MeasurementsRepeated { get; init; }

    /// <summary>Exposures whose outcome a crash left unknown; charged in full.</summary>
    public required int ExposuresOfUnknownOutcome { get; init; }

    public required int ExposuresFailed { get; init; }

    /// <summary>Where on the sample it is; null where the recipe leaves the stage alone.</summary>
    public required StageSummary? Stage { get; init; }

    /// <summary>How far the sample moved; null where nobody looked.</summary>
    public required DriftSummary? Drift { get; init; }

    public required int ModelsTrained { get; init; }

    public required double? MedianTrainingMilliseconds { get; init; }

    public required double Electrons { get; init; }

    public required ulong Seed { get; init; }

    public required string Scalarizer { get; init; }

    public required string Unit { get; init; }

    public required string Acquisition { get; init; }

    public required JournalSummary Journal { get; init; }

    public required string Folder { get; init; }

    public static RunSummary Of(
        RunRecord record,
        ExperimentOutcome outcome,
        RunFolder folder,
        ChainReport chain,
        RunDesign design,
        TimeSpan duration)
    {
        RunTally tally = RunTally.Of(record.Events);
        ExperimentStarted? started = record.State.Started;
        MapScore? score = record.Posterior is null ? null : record.Scorer?.Score(record.Posterior);
        return new RunSummary
        {
            Run = started?.RunId ?? design.Recipe.Name,
            Name = design.Recipe.Name,
            State = record.State.Run,
            Reason = outcome.BeamAlarm ?? outcome.Fault ?? record.State.EndReason,
            Budget = record.State.Budget?.Budget,
            Points = record.State.Measured,
            BadPoints = record.State.Points.Values.Count(
                static point => point.Scalar?.Quality == ScalarQuality.Bad),
            Best = record.Best is { } best ? BestPoint.Of(best) : null,
            Rmse = score?.Rmse,
            R2 = score?.RSquared,
            Nlpd = score?.Nlpd,
            Spearman = score?.Spearman,
            Coverage68 = score?.Coverage68,
            Coverage95 = score?.Coverage95,
            Structure = tally.Evidence is { } evidence ? StructureSummary.Of(evidence) : null,
            DurationSeconds = duration.TotalSeconds,
            BeamUtilisation = tally.Utilisation?.Overlapped,
            SerialBeamUtilisation = tally.Utilisation?.Serial,
            MeasurementsRepeated = tally.Repeated,
            ExposuresOfUnknownOutcome = tally.OutcomesUnknown,
            ExposuresFailed = tally.ExposuresFailed,
            Stage = StageSummary.Of(design.Recipe, record.State),
            Drift = DriftSummary.Of(record.State),
            ModelsTrained = tally.ModelsTrained,
            MedianTrainingMilliseconds = tally.MedianTrainingMilliseconds,
            Electrons = record.State.Dose.TotalElectrons,
            Seed = started?.Seed ?? (ulong)design.Recipe.Seed,
            Scalarizer = design.Scalarizer.Identity,
            Unit = design.Scalarizer.Unit,
            Acquisition = record.State.Acquisition?.Identity ?? started?.Acquisition ?? string.Empty,
            Journal = new JournalSummary(
                folder.Journal,
                chain.Events,
                chain.IsIntact,
                chain.FirstFault,
                tally.LastChecksum?.Hex),
            Folder = folder.Root,
        };
    }

    public string ToJson(bool indented) => JsonSerializer.Serialize(this, indented ? Indented : Lines);

    private static JsonSerializerOptions OptionsOf(bool indented) => new()
    {
        WriteIndented = indented,
        IgnoreReadOnlyProperties = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>The best measured point.</summary>
internal sealed record BestPoint(double Value, double StandardError, GridPoint At, int Measurement)
{
    public static BestPoint Of(PointState point) => new(
        point.Scalar!.Value, point.Scalar.StandardError, point.Frame!.Patch, point.Id.Value);
}

/// <summary>The journal, verified after the run.</summary>
/// <param name="Path">The file.</param>
/// <param name="Events">Number of events.</param>
/// <param name="Intact">Whether chain and contents are as they were written.</param>
/// <param name="FirstFault">What is wrong first, or null.</param>
/// <param name="LastChecksum">
/// Checksum of the last event: kept elsewhere, it gives away a journal that was cut short.
/// </param>
internal sealed record JournalSummary(string Path, long Events, bool Intact, string? FirstFault, string? LastChecksum);
