using System.Globalization;
using DklActors.Actors.Experiments;
using DklActors.Host.Journals;
using DklActors.Host.Running;
using DklActors.Host.Terminal;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Replaying;

/// <summary>The state of a run after one of its events.</summary>
internal sealed record StateReport
{
    private const int LastEvents = 10;

    public required string Run { get; init; }

    /// <summary>Number of the event after which it was so.</summary>
    public required long At { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why exposures are held back, or why the run ended; null for neither.</summary>
    public required string? Reason { get; init; }

    public required int Measured { get; init; }

    public required int Total { get; init; }

    public required double Electrons { get; init; }

    public required double ReservedElectrons { get; init; }

    /// <summary>Points in each stage.</summary>
    public required IReadOnlyDictionary<PointStage, int> Stages { get; init; }

    /// <summary>Points planned whose scalar is still to come.</summary>
    public required IReadOnlyList<PendingPlace> Pending { get; init; }

    public required int ModelVersion { get; init; }

    /// <summary>Scalars that the model was not trained on.</summary>
    public required int ModelAge { get; init; }

    public required double? Best { get; init; }

    public required GridPoint? BestAt { get; init; }

    /// <summary>Error of the map, scaled so that the known one spans 0 to 1; null where it is not known.</summary>
    public required double? Rmse { get; init; }

    public required IReadOnlyList<PastEvent> Last { get; init; }

    public static StateReport Of(RunRecord record, int total)
    {
        ExperimentState state = record.State;
        StoredEvent[] latest = [.. record.Events.TakeLast(LastEvents)];
        StoredEvent last = latest[^1];
        return new StateReport
        {
            Run = last.Stream,
            At = last.Ordering,
            Created = last.Created,
            State = state.Run,
            Reason = state.Pause is { } pause ? $"{pause.By}: {pause.Reason}" : state.EndReason,
            Measured = state.Measured,
            Total = total,
            Electrons = state.Dose.SettledElectrons,
            ReservedElectrons = state.Dose.ReservedElectrons,
            Stages = Enum.GetValues<PointStage>().ToDictionary(
                stage => stage, stage => state.Points.Values.Count(point => point.Stage == stage)),
            Pending =
            [
                .. state.Points.Values.Where(point => point.IsOutstanding || point.AwaitsScalar)
                    .Select(point => new PendingPlace(point.Id.Value, point.Target, point.Stage)),
            ],
            ModelVersion = state.Model?.Version ?? 0,
            ModelAge = state.Usable.Count - (state.Model?.Observations ?? 0),
            Best = record.Best?.Scalar!.Value,
            BestAt = record.Best?.Frame!.Patch,
            Rmse = record.Scores.GetValueOrDefault(state.Usable.Count)?.Rmse,
            Last = [.. latest.Select(PastEvent.Of)],
        };
    }

    public IEnumerable<(string Label, string Text)> Rows()
    {
        yield return ("run", Run);
        yield return ("after", string.Create(
            CultureInfo.InvariantCulture, $"event {At}, {Created:yyyy-MM-dd HH:mm:ss.fff} UTC"));
        yield return ("state", $"{State.ToString().ToLowerInvariant()}{(Reason is null ? "" : $": {Reason}")}");
        yield return ("measured", $"{Measured} of {Total}");
        yield return ("dose", FormattableString.Invariant(
            $"{Electrons:G4} electrons charged, {ReservedElectrons:G4} reserved"));
        yield return ("points", string.Join(", ", Stages.Where(stage => stage.Value > 0)
            .Select(stage => $"{stage.Value} {Words(stage.Key)}")));
        yield return ("pending", Pending.Count == 0
            ? "none"
            : string.Join(", ", Pending.Select(place => $"p{place.Point} at {place.Target} ({Words(place.Stage)})")));
        yield return ("model", ModelVersion == 0
            ? $"none yet, {ModelAge} scalars"
            : $"model {ModelVersion}, {ModelAge} points behind");
        if (Best is { } best)
        {
            yield return ("best", $"{SummaryText.Number(best)} at {BestAt}");
        }

        if (Rmse is { } rmse)
        {
            yield return ("map", FormattableString.Invariant($"RMSE {rmse:F3} against the known map, scaled 0 to 1"));
        }
    }

    private static string Words(PointStage stage) => Composition.Words.Kebab(stage).Replace('-', ' ');
}

/// <summary>A planned point whose scalar is still to come.</summary>
internal sealed record PendingPlace(int Point, GridPoint Target, PointStage Stage);

/// <summary>An event in short.</summary>
internal sealed record PastEvent(long Ordering, string Event, string? About)
{
    public static PastEvent Of(StoredEvent stored) => new(stored.Ordering, stored.Manifest, AboutOf(stored.Event));

    private static string? AboutOf(JournalEvent journalEvent) => journalEvent switch
    {
        PointPlanned planned => $"{planned.Point} at {planned.Target}, {planned.Basis.Reason}, "
            + $"model {planned.Basis.ModelVersion}, {planned.Basis.Observations} observations",
        NeighbourPlanned neighbour => $"{neighbour.Point} at {neighbour.Target}, beside {neighbour.Centre}",
        ExposureIntended intended => $"{intended.Point}, attempt {intended.Attempt}",
        ExposureFailed failed => $"{failed.Point}: {failed.Reason}",
        ExposureOutcomeUnknown unknown => $"{unknown.Point}, attempt {unknown.Attempt}",
        FrameRecorded frame => $"{frame.Point} at {frame.Patch}",
        PointScalarized scalarized => $"{scalarized.Point}: {SummaryText.Number(scalarized.Scalar.Value)}, "
            + $"{scalarized.Scalar.Quality}",
        PointAbandoned abandoned => $"{abandoned.Point}: {abandoned.Reason}",
        ModelTrained model => $"model {model.Version} on {model.Observations} observations",
        TrainingFailed failed => failed.Reason,
        TrainingSent => EventEssentials.Of(journalEvent),
        RunPaused paused => $"{paused.By}: {paused.Reason}",
        RunResumed resumed => $"{resumed.By}: {resumed.Reason}",
        ExperimentCompleted completed => completed.Reason,
        ExperimentStopped stopped => stopped.Reason,
        ExperimentAborted aborted => aborted.Reason,
        ExperimentHalted halted => halted.Reason,
        ScalarizerChanged or AcquisitionChanged or RegionChanged or RegionExcluded or NoteAdded or ControllerChanged =>
            EventEssentials.Of(journalEvent),
        ExperimentInterlocked interlocked => interlocked.Reason,
        ExperimentFailed failed => failed.Reason,
        SurveyRecorded survey => $"{survey.Candidates} candidates in {survey.Shape}",
        _ => null,
    };
}
