using System.Collections.Immutable;
using DklActors.Actors.Budgeting;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>What completes a run before all its points are measured.</summary>
internal sealed partial class ExperimentActor
{
    /// <summary>
    /// Whether a budget forbids the point that the probe is placed at. The point goes back into the queue until what
    /// is set aside for the one before is settled, or all points are given up and the run comes to its end.
    /// </summary>
    private bool EndsByBudget(MeasurementSlot slot)
    {
        ExperimentState expected = _journal!.Expected;
        if (BudgetRule.ReachedBefore(
            _settings.Budget,
            expected,
            slot.Point,
            expected.OnSample(slot.Point, slot.Requested, slot.ReadBack).NearestPixel,
            slot.ReservedElectrons,
            _image!.PixelSize) is not { } reached)
        {
            return false;
        }

        if (expected.Dose.OpenReservations > 0)
        {
            // The frame that is being read out cost less than was set aside for it: ask again then.
            _awaitingSettlement = true;
            PutBack(slot);
            return true;
        }

        _placing = null;
        EndPlanning();
        Persist([reached, .. GiveUpAllToCome()], [], () =>
        {
            // Under its new epoch the planner still learns the scalars that are on their way.
            _planner.Tell(PlannerMemory());
            Pump();
        });
        return true;
    }

    private void EndPlanning()
    {
        _planEpoch++;
        if (_planRequested && !_planProposed)
        {
            _planRequested = false;
            Timers.Cancel(PlannerName);
        }
    }

    private ImmutableArray<JournalEvent> GiveUpAllToCome()
    {
        PointState[] points =
        [
            .. _journal!.Expected.Points.Values.Where(point => IsToCome(point) && !_givenUp.Contains(point.Id)),
        ];
        foreach (PointState point in points)
        {
            _givenUp.Add(point.Id);
            _queue.Remove(point.Id);
            Timers.Cancel(point.Id);
        }

        return
        [
            .. points.Select(static point => new PointAbandoned(
                point.Id, "A budget is used up.", AbandonCause.NotWanted)),
        ];
    }
}
