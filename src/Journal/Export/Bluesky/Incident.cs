using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>Something that did not go as planned, or that a person did.</summary>
/// <param name="What">Name of the event's type.</param>
/// <param name="Point">The point that it happened to, or null.</param>
/// <param name="Attempt">Which exposure of the point, or null.</param>
/// <param name="By">Who did it, or null.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="Electrons">Charged for it, or null.</param>
internal sealed record Incident(string What, int? Point, int? Attempt, string? By, string? Reason, double? Electrons)
{
    /// <summary>What an event tells, or null where all went well.</summary>
    public static Incident? Of(StoredEvent stored)
    {
        string what = stored.Manifest;
        return stored.Event switch
        {
            ExperimentContinued continued => Told(what, reason: $"epoch {continued.Epoch}"),
            SurveyLost lost => Told(what, reason: lost.Reason, electrons: lost.ChargedElectrons),
            ExposureFailed failed => new Incident(
                what, failed.Point.Value, failed.Attempt, null, failed.Reason, failed.ChargedElectrons),
            ExposureOutcomeUnknown unknown => new Incident(
                what, unknown.Point.Value, unknown.Attempt, null, null, unknown.ChargedElectrons),
            PointAbandoned abandoned => new Incident(what, abandoned.Point.Value, null, null, abandoned.Reason, null),
            TrainingFailed failed => Told(what, reason: failed.Reason),
            ModelTrained { Trainer.Fallback: { } why } model => Told(
                what, reason: $"model {model.Version} was trained beside the microscope: {why}"),
            RunPaused paused => Told(what, paused.By, paused.Reason),
            RunResumed resumed => Told(what, resumed.By, resumed.Reason),
            ExperimentStopped stopped => Told(what, stopped.By, stopped.Reason),
            ExperimentAborted aborted => Told(what, aborted.By, aborted.Reason),
            ExperimentHalted halted => Told(what, halted.By, halted.Reason),
            ScalarizerChanged changed => Told(what, changed.By, $"{changed.Identity}: {changed.Reason}"),
            AcquisitionChanged changed => Told(what, changed.By, $"{changed.Identity}: {changed.Reason}"),
            RegionChanged changed => Told(
                what, changed.By, $"{changed.Region?.ToString() ?? "everywhere"}: {changed.Reason}"),
            RegionExcluded excluded => Told(what, excluded.By, $"{excluded.Area}: {excluded.Reason}"),
            NoteAdded { At: { } place } note => Told(what, note.By, $"{place}: {note.Text}"),
            NoteAdded note => Told(what, note.By, note.Text),
            ControllerChanged changed => Told(what, changed.By, changed.From is { } from ? $"from {from}" : null),
            ExperimentInterlocked interlocked => Told(what, reason: interlocked.Reason),
            ExperimentFailed failed => Told(what, reason: failed.Reason),
            _ => null,
        };
    }

    private static Incident Told(string what, string? by = null, string? reason = null, double? electrons = null) =>
        new(what, null, null, by, reason, electrons);
}
