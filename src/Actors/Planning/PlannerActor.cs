using DklActors.Actors.Experiments;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Planning;

/// <summary>The planner behind a mailbox: conditions on what comes in, decides when asked.</summary>
/// <remarks>
/// Made anew after a fault it has forgotten everything and may find old messages in its mailbox. It therefore takes
/// nothing until it is told what to remember, which covers all that was sent before.
/// </remarks>
internal sealed class PlannerActor : WorkerActor
{
    private readonly Func<Planner> _createPlanner;
    private readonly TimeProvider _time;
    private Stencil _stencil = null!;
    private Planner _planner = null!;
    private int _epoch;

    public PlannerActor(Func<Planner> createPlanner, TimeProvider time)
    {
        _createPlanner = createPlanner;
        _time = time;
        Become(Forgetful);
    }

    protected override void PostRestart(Exception reason) => Context.Parent.Tell(new PlannerRestarted());

    private void Forgetful()
    {
        Receive<Remember>(memory =>
        {
            Recall(memory);
            Become(Planning);
            TellBelief();
        });
        ReceiveAny(_ => { });
    }

    private void Planning()
    {
        Receive<Remember>(memory =>
        {
            Recall(memory);
            TellBelief();
        });
        Receive<Observe>(observe =>
        {
            _planner.Observe(observe.Observation);
            TellBelief();
        });
        Receive<AdoptModel>(adopt =>
        {
            Adopt(_planner, adopt.Model, adopt.Observations);
            TellBelief();
        });
        Receive<PlanNext>(plan =>
        {
            long started = _time.GetTimestamp();
            Sender.Tell(_planner.Propose(plan.Point, plan.Pending, plan.Wish)
                is (GridPoint target, PlanningBasis basis)
                ? new PointProposed(
                    plan.Point, target, basis, _planner.AddNeighbours(plan.Point, target, _stencil),
                    _time.GetElapsedTime(started), plan.Epoch)
                : new NothingLeftToPlan(plan.Point, plan.Epoch));
        });
    }

    private void Recall(Remember memory)
    {
        (_stencil, _epoch) = (memory.Stencil, memory.Epoch);
        Planner planner = _planner = _createPlanner();
        planner.Use(memory.Plan);
        foreach (PlannedPoint planned in memory.Planned)
        {
            planner.Trace(planned);
        }

        foreach (Observation observation in memory.Observations)
        {
            planner.Observe(observation);
        }

        if (memory.Model is not null)
        {
            Adopt(planner, memory.Model, memory.ModelObservations);
        }
    }

    private void Adopt(Planner planner, CandidateModel model, int observations)
    {
        try
        {
            planner.Adopt(model, observations);
        }
        catch (TrainingFailedException exception)
        {
            Context.Parent.Tell(new ModelRefused(model.Version, observations, exception.Message, _epoch));
        }
    }

    private void TellBelief()
    {
        if (_planner.Posterior is { } posterior)
        {
            Context.Parent.Tell(new BeliefChanged(posterior, _planner.Observations, _epoch));
        }
    }
}
