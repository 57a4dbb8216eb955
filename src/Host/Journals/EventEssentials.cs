using DklActors.Host.Composition;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Journals;

/// <summary>What matters of an event, in a few words for people; the process has the invariant culture.</summary>
internal static class EventEssentials
{
    /// <summary>The point that an event speaks of, or nothing.</summary>
    public static string PointOf(JournalEvent journalEvent) => journalEvent switch
    {
        PointPlanned planned => $"{planned.Point}",
        NeighbourPlanned neighbour => $"{neighbour.Point}",
        ExposureIntended intended => $"{intended.Point}",
        ExposureFailed failed => $"{failed.Point}",
        ExposureOutcomeUnknown unknown => $"{unknown.Point}",
        FrameRecorded recorded => $"{recorded.Point}",
        PointScalarized scalarized => $"{scalarized.Point}",
        PointAbandoned abandoned => $"{abandoned.Point}",
        BudgetReached reached => $"{reached.Point}",
        _ => string.Empty,
    };

    public static string Of(JournalEvent journalEvent) => journalEvent switch
    {
        ExperimentStarted started =>
            $"{started.RunId}, seed {started.Seed}, {started.Scalarizer}, {started.Acquisition}",
        ExperimentContinued continued => $"epoch {continued.Epoch}, on {continued.Provenance.Host}",
        StageMoved moved => $"from {moved.Found} to {moved.ReadBack}, asked for {moved.Asked}, "
            + $"{moved.Took.TotalSeconds:F1} s",
        StageConfirmed confirmed => $"at {confirmed.ReadBack}, asked for {confirmed.Asked}",
        SurveyIntended scan => $"{scan.Window}, {scan.ReservedElectrons:G4} electrons reserved",
        SurveyLost lost => $"{lost.Reason} ({lost.ChargedElectrons:G4} electrons charged)",
        SurveyRecorded survey =>
            $"{survey.Channel} {survey.Shape}, {survey.PixelSize} a pixel, {survey.Candidates} candidates",
        DriftCorrected { Rejected: { } rejected } look => $"rejected: {rejected} ({look.Shift})",
        DriftCorrected look => $"moved by {look.Shift}, quality {look.Quality:F2}, "
            + $"{look.RatePerMinute?.ToString() ?? "unknown"} a minute, {look.ChargedElectrons:G4} electrons",
        RunPaused { Kind: PauseKind.Hard } paused => $"at once, by {paused.By}: {paused.Reason}",
        RunPaused paused => $"by {paused.By}: {paused.Reason}",
        RunResumed resumed => $"by {resumed.By}: {resumed.Reason}",
        ExperimentCompleted completed => $"{completed.Measured} measured: {completed.Reason}",
        ExperimentStopped stopped => $"by {stopped.By}: {stopped.Reason}",
        ExperimentAborted aborted => $"by {aborted.By}: {aborted.Reason}",
        ExperimentHalted halted => $"by {halted.By}: {halted.Reason}",
        ScalarizerChanged changed => $"{changed.Identity}, by {changed.By}: {changed.Reason}",
        AcquisitionChanged changed => $"{changed.Identity}, by {changed.By}: {changed.Reason}",
        RegionChanged changed => $"{changed.Region?.ToString() ?? "everywhere"}, by {changed.By}: {changed.Reason}",
        RegionExcluded excluded => $"{excluded.Area}, by {excluded.By}: {excluded.Reason}",
        NoteAdded note => $"by {note.By}{(note.At is { } place ? $" at {place}" : string.Empty)}: {note.Text}",
        ControllerChanged changed => $"{changed.By}, before {changed.From ?? "nobody"}",
        ExperimentInterlocked interlocked => $"{interlocked.Reason}",
        ExperimentFailed failed => $"{failed.Reason}",
        PointPlanned planned => $"{planned.Target} {BasisOf(planned.Basis)}",
        NeighbourPlanned neighbour => $"{neighbour.Target} beside {neighbour.Centre}",
        ExposureIntended intended =>
            $"attempt {intended.Attempt} at {intended.ReadBack} for {intended.Dwell.TotalMilliseconds:G4} ms",
        ExposureFailed failed => $"attempt {failed.Attempt}, {failed.FaultClass}: {failed.Reason}",
        ExposureOutcomeUnknown unknown =>
            $"attempt {unknown.Attempt}, {unknown.ChargedElectrons:G4} electrons charged",
        FrameRecorded frame =>
            $"at {frame.ReadBack}, {frame.ChargedElectrons:G4} electrons, frame {Short(frame.FrameHash)}",
        PointScalarized scalarized => $"{ScalarOf(scalarized.Scalar)}",
        PointAbandoned abandoned => $"{abandoned.Reason}",
        ModelTrained model => $"version {model.Version} from {model.Observations} observations, "
            + $"{model.Report.Epochs} epochs, loss {model.Report.Loss:F3}, {model.Took.TotalSeconds:F2} s"
            + TrainerOf(model.Trainer),
        TrainingSent sent => $"version {sent.Version} on {sent.Observations} observations, job {sent.Job}",
        TrainingFailed failed => $"{failed.Reason}",
        ModelTransferred transferred => $"model {transferred.FromVersion} of {transferred.FromRun}, from "
            + $"{transferred.FromObservations} observations",
        BudgetReached reached => $"{Words.Kebab(reached.Budget)}: {reached.Reason}",
        _ => $"{journalEvent}",
    };

    private static string TrainerOf(ModelTrainer? trainer) => trainer switch
    {
        null => string.Empty,
        { Fallback: { } why } => $", trained here: {why}",
        _ => $", by {trainer.Node} ({trainer.Engine})",
    };

    private static string BasisOf(PlanningBasis basis)
    {
        string reason = Words.Kebab(basis.Reason);
        return double.IsNaN(basis.PredictedMean)
            ? $"by {reason}"
            : $"by {reason}, model {basis.ModelVersion} and {basis.Observations} observations, score {basis.Score:G4}, "
                + $"expects {basis.PredictedMean:G4} ± {basis.PredictedDeviation:G2}";
    }

    private static string ScalarOf(ScalarResult scalar)
    {
        string reason = scalar.Reason is null ? string.Empty : $": {scalar.Reason}";
        string quality =
            scalar.Quality == ScalarQuality.Good ? string.Empty : $", {Words.Kebab(scalar.Quality)}{reason}";
        return $"{scalar.Value:G5} ± {scalar.StandardError:G2}{quality}";
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : hash;
}
