using System.Collections.Immutable;
using DklActors.Actors.Planning;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Experiments;

/// <summary>Some points are always planned ahead of the probe.</summary>
internal sealed partial class ExperimentActor
{
    private const int MostBadPoints = 64;
    private const string PlannerName = "planner";
    private static readonly TimeSpan PlanningDeadline = TimeSpan.FromMinutes(1);

    // Counts what the planner was told to remember: an answer from before is dropped.
    private int _planEpoch;
    private bool _planRequested;
    private bool _planProposed;
    private bool _nothingLeft;

    private void PlanAhead()
    {
        if (_planRequested || _changing > 0 || _ending)
        {
            return;
        }

        GridPoint? wish = NextWish();
        bool ahead = _queue.Count(IsCentre) + (_placing is { } placing && IsCentre(placing.Point) ? 1 : 0)
            >= _settings.Plan.Lookahead;
        if (_journal!.Expected.Budget is not null)
        {
            return;
        }

        if (wish is null && (IsFull || ahead || _nothingLeft || IsCatchingUp || !MayExpose))
        {
            return;
        }

        _planRequested = true;
        _planProposed = false;
        Await(PlannerName, PlanningDeadline);
        _planner.Tell(new PlanNext(new PointId(_state.Points.Count + 1), [.. Pending()], wish, _planEpoch));
    }

    /// <summary>
    /// Points that a decision takes for measured: those under way, and the last of those that gave nothing to learn
    /// from. Without these, a hole in the sample would stay the least known place and draw point after point.
    /// </summary>
    private IEnumerable<PendingPoint> Pending()
    {
        PointState[] own = [.. _state.Points.Values.Where(point => point.Centre is null)];
        IEnumerable<PointState> bad =
            own.Where(point => point.Scalar is { Quality: ScalarQuality.Bad }).TakeLast(MostBadPoints);
        return bad.Concat(own.Where(point => point.IsOutstanding || point.AwaitsScalar))
            .Select(point => new PendingPoint(point.Id, point.Target));
    }

    private void OnPointProposed(PointProposed proposed)
    {
        // A planner made anew is asked again, and both may answer.
        if (proposed.Epoch != _planEpoch || !_planRequested || _planProposed
            || proposed.Point.Value != _state.Points.Count + 1)
        {
            return;
        }

        _planProposed = true;
        Timers.Cancel(PlannerName);
        ImmutableArray<JournalEvent> planned =
        [
            new PointPlanned(proposed.Point, proposed.Target, proposed.Basis, proposed.Took),
            .. proposed.Neighbours.Select((target, i) =>
                new NeighbourPlanned(new PointId(proposed.Point.Value + 1 + i), target, proposed.Point)),
        ];
        if (proposed.Basis.Reason == PlanningReason.Forced)
        {
            PlanWished(proposed.Point, planned);
            return;
        }

        Persist(planned, [], () => Enqueue(proposed.Point, planned.Length, isNext: false));
    }

    /// <summary>Puts points that were just planned into the queue of the probe.</summary>
    private void Enqueue(PointId first, int count, bool isNext)
    {
        _planRequested = false;
        LinkedListNode<PointId>? last = null;
        // Some may not be wanted any more.
        foreach (PointId point in Enumerable.Range(first.Value, count).Select(static number => new PointId(number))
            .Where(point => !_givenUp.Contains(point)))
        {
            last = !isNext ? _queue.AddLast(point)
                : last is null ? _queue.AddFirst(point)
                : _queue.AddAfter(last, point);
        }

        Pump();
    }

    private void OnNothingLeft(NothingLeftToPlan nothing)
    {
        if (nothing.Epoch != _planEpoch)
        {
            return;
        }

        Timers.Cancel(PlannerName);
        _planRequested = false;
        _nothingLeft = true;
        Pump();
    }
}
