using DklActors.Actors.Detection;
using DklActors.Actors.Stage;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>Failures that say nothing of the point itself.</summary>
internal sealed partial class ExperimentActor
{
    /// <summary>
    /// While a condition outside holds exposures back, an instrument that cannot be moved is no matter of this place:
    /// the point waits for better times.
    /// </summary>
    private void OnProbeRefused(ProbeRefused refused)
    {
        if (_placing is { Phase: SlotPhase.Moving } placing && placing.Point == refused.Point
            && !_givenUp.Contains(refused.Point) && _holds.Exists(static held => !held.Hold.IsPerson))
        {
            Timers.Cancel(StageName);
            _log.Warning("Point {Point} waits: {Reason}", refused.Point, refused.Reason);
            PutBack(placing);
            return;
        }

        Abandon(refused.Point, refused.Reason);
    }

    /// <summary>
    /// Nobody knows whether it was exposed: charged in full, as after a crash, and exposed again only where the recipe
    /// says so.
    /// </summary>
    private void DoubtOutcome(MeasurementSlot slot, ExposureFaulted faulted)
    {
        double electrons = Math.Max(slot.ReservedElectrons, Charge(faulted.BeamOn));
        Persist(new ExposureOutcomeUnknown(slot.Point, faulted.Lease.Attempt, electrons), () =>
        {
            if (_settings.UnknownExposures == UnknownExposurePolicy.MeasureAgain
                && faulted.Lease.Attempt < _settings.Exposure.Attempts)
            {
                _queue.AddFirst(slot.Point);
                Pump();
            }
            else
            {
                Abandon(slot.Point, faulted.Reason);
            }
        });
    }
}
