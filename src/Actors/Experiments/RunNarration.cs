using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>
/// What became durable, in words, from one place, so that log and journal tell the same story: the run at
/// Information, the steps of each point at Debug.
/// </summary>
internal static class RunNarration
{
    /// <param name="log">The experiment's log.</param>
    /// <param name="journalEvent">An event that is durable now.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="state">The state after it.</param>
    public static void Tell(
        ILoggingAdapter log, JournalEvent journalEvent, ExperimentState before, ExperimentState state)
    {
        TellRun(log, journalEvent, before, state);
        if (log.IsDebugEnabled)
        {
            TellStep(log, journalEvent);
        }
    }

    private static void TellRun(
        ILoggingAdapter log, JournalEvent journalEvent, ExperimentState before, ExperimentState state)
    {
        switch (journalEvent)
        {
            case ExperimentStarted started:
                log.Info(
                    "The run {Name} starts on {Microscope} with seed {Seed}: {Scalarizer}, {Engine}, {Acquisition}",
                    started.Name, started.Microscope, started.Seed, started.Scalarizer, started.Engine,
                    started.Acquisition);
                break;
            case ExperimentContinued continued:
                log.Info(
                    "The run is taken up again, epoch {Epoch}, after {Measured} points and {Electrons:G6} electrons",
                    continued.Epoch, before.Measured, before.Dose.TotalElectrons);
                break;
            case StageMoved moved:
                log.Info(
                    "The stage was at {Found} and is at {ReadBack} now, asked for {Asked}, after {ElapsedMs:F0} ms",
                    moved.Found, moved.ReadBack, moved.Asked, moved.Took.TotalMilliseconds);
                break;
            case StageConfirmed confirmed:
                log.Info(
                    "The stage is at {ReadBack} still, asked for {Asked}", confirmed.ReadBack, confirmed.Asked);
                break;
            case SurveyRecorded survey:
                log.Info(
                    "Structural image of {Shape} recorded: {Candidates} candidates, {Electrons:G6} electrons charged",
                    survey.Shape, survey.Candidates, survey.ChargedElectrons);
                break;
            case SurveyLost lost:
                log.Warning(
                    "No structural image came of the scan: {Reason} {Electrons:G6} electrons charged",
                    lost.Reason, lost.ChargedElectrons);
                break;
            case DriftCorrected { Rejected: null } look:
                log.Info(
                    "The sample has moved by {Shift} since the first image, {Rate} a minute; quality {Quality:F2}, "
                    + "{Electrons:G6} electrons charged",
                    look.Shift, look.RatePerMinute?.ToString() ?? "nobody knows how much", look.Quality,
                    look.ChargedElectrons);
                break;
            case DriftCorrected look:
                log.Warning(
                    "A look at the drift is rejected, {Shift} stays in force: {Reason} {Electrons:G6} electrons",
                    state.Drift.Shift, look.Rejected, look.ChargedElectrons);
                break;
            case ExposureOutcomeUnknown unknown:
                log.Warning(
                    "Point {Point}, attempt {Attempt}: exposed or not is unknown; {Electrons:G6} electrons charged",
                    unknown.Point, unknown.Attempt, unknown.ChargedElectrons);
                break;
            case ModelTransferred transferred:
                log.Info(
                    "The first training starts from model {Model} of {Run}, trained on {Observations} points",
                    transferred.FromVersion, transferred.FromRun, transferred.FromObservations);
                break;
            case BudgetReached reached:
                log.Info(
                    "The budget {Budget} ends the run before {Point}: {Reason}",
                    reached.Budget, reached.Point, reached.Reason);
                break;
            case ModelTrained trained:
                log.Info(
                    "Model {Model} trained on {Observations} points in {ElapsedMs:F1} ms: loss {Loss:G5}, "
                    + "{Epochs} epochs",
                    trained.Version, trained.Observations, trained.Took.TotalMilliseconds, trained.Report.Loss,
                    trained.Report.Epochs);
                if (trained.Trainer?.Fallback is { } why)
                {
                    log.Warning(
                        "Model {Model} was trained here, not on a trainer node: {Reason}", trained.Version, why);
                }

                break;
            default:
                TellChoice(log, journalEvent);
                break;
        }

        if (state.Run != before.Run)
        {
            TellState(log, before.Run, state);
        }
    }

    private static void TellChoice(ILoggingAdapter log, JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case ScalarizerChanged changed:
                log.Info(
                    "{Scalarizer} from now on, chosen by {By}: {Reason}",
                    changed.Identity, changed.By, changed.Reason);
                break;
            case AcquisitionChanged changed:
                log.Info(
                    "{Acquisition} from now on, chosen by {By}: {Reason}",
                    changed.Identity, changed.By, changed.Reason);
                break;
            case RegionChanged changed:
                log.Info(
                    "Points are planned in {Region} from now on, chosen by {By}: {Reason}",
                    changed.Region?.ToString() ?? "the whole image", changed.By, changed.Reason);
                break;
            case RegionExcluded excluded:
                log.Info(
                    "No point is planned in {Region} any more, excluded by {By}: {Reason}",
                    excluded.Area, excluded.By, excluded.Reason);
                break;
            case NoteAdded note:
                log.Info("Note of {By}: {Text}", note.By, note.Text);
                break;
            case ControllerChanged changed:
                log.Info("{By} commands now, before it was {From}", changed.By, changed.From ?? "nobody");
                break;
        }
    }

    private static void TellState(ILoggingAdapter log, RunState before, ExperimentState state)
    {
        const string Why = "The run is {State}, it was {Before}: {Reason}";
        switch (state.Run)
        {
            case RunState.Interlocked or RunState.Failed:
                log.Error(Why, state.Run, before, state.EndReason);
                break;
            case RunState.Aborted or RunState.Halted:
                log.Warning(Why, state.Run, before, state.EndReason);
                break;
            case RunState.Completed or RunState.Stopped:
                log.Info(
                    "The run is {State}, it was {Before}: {Reason} {Measured} points, {Electrons:G6} electrons",
                    state.Run, before, state.EndReason, state.Measured, state.Dose.TotalElectrons);
                break;
            default:
                log.Info("The run is {State}, it was {Before}", state.Run, before);
                break;
        }
    }

    private static void TellStep(ILoggingAdapter log, JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case PointPlanned planned:
                log.Debug(
                    "Point {Point} planned at {Target} by {Rule}, model {Model}, score {Score:G4}, {ElapsedMs:F1} ms",
                    planned.Point, planned.Target, planned.Basis.Reason, planned.Basis.ModelVersion,
                    planned.Basis.Score, planned.Took.TotalMilliseconds);
                break;
            case NeighbourPlanned neighbour:
                log.Debug(
                    "Point {Point} planned at {Target}, beside {Centre}",
                    neighbour.Point, neighbour.Target, neighbour.Centre);
                break;
            case ExposureIntended intended:
                log.Debug(
                    "Point {Point}, attempt {Attempt}: intended at {ReadBack}, {Electrons:G6} electrons reserved",
                    intended.Point, intended.Attempt, intended.ReadBack, intended.ReservedElectrons);
                break;
            case ExposureFailed failed:
                log.Debug(
                    "Point {Point}, attempt {Attempt}: no frame ({FaultClass}), {Electrons:G6} electrons charged",
                    failed.Point, failed.Attempt, failed.FaultClass, failed.ChargedElectrons);
                break;
            case FrameRecorded recorded:
                log.Debug(
                    "Point {Point}, attempt {Attempt}: frame {Frame} recorded for {Patch}, {Electrons:G6} electrons",
                    recorded.Point, recorded.Attempt, recorded.FrameHash[..12], recorded.Patch,
                    recorded.ChargedElectrons);
                break;
            case PointScalarized scalarized:
                log.Debug(
                    "Point {Point} is {Value:G6} ± {StandardError:G3}, {Quality}, in {ElapsedMs:F1} ms",
                    scalarized.Point, scalarized.Scalar.Value, scalarized.Scalar.StandardError,
                    scalarized.Scalar.Quality, scalarized.Took.TotalMilliseconds);
                break;
            case PointAbandoned abandoned:
                log.Debug("Point {Point} abandoned", abandoned.Point);
                break;
        }
    }
}
