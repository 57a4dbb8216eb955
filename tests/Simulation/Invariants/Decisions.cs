using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Invariants;

/// <summary>Every decision can be made again, bit for bit, from what the journal says it was made from.</summary>
internal static class Decisions
{
    public static void RequireToFollowAgain(World world)
    {
        if (world.Disk.State.Survey is null)
        {
            return;
        }

        ImmutableArray<StoredEvent> events = [.. world.Disk.Read(Settings.RunId, 0)];
        CandidateSet candidates = CandidateSet.Among(world.Specimen.Image, world.Settings.Patch, world.Settings.Sites);
        IDklEngine engine = Settings.CreateEngine(candidates, world.Preset);
        var models = events.Select(stored => stored.Event).OfType<ModelTrained>()
            .ToDictionary(model => model.Version);
        var state = ExperimentState.Empty;
        foreach (StoredEvent stored in events)
        {
            if (stored.Event is PointPlanned planned)
            {
                RequireToFollow(planned, PlannerAt(planned, state), state);
            }

            state = state.Apply(stored.Event);
        }

        Planner PlannerAt(PointPlanned planned, ExperimentState before)
        {
            var planner = new Planner(candidates, world.Settings.Plan, world.Settings.Seed);
            foreach (PointState point in before.Points.Values)
            {
                planner.Trace(point.Id, point.Target);
            }

            foreach ((GridPoint patch, ScalarResult scalar) in before.UsableScalars().Take(planned.Basis.Observations))
            {
                candidates.TryIndexOf(patch, out int candidate);
                planner.Observe(new Observation(candidate, scalar.Value, scalar.StandardError));
            }

            if (models.TryGetValue(planned.Basis.ModelVersion, out ModelTrained? model))
            {
                ReadOnlyMemory<byte> content = world.Disk.Content(ContentHash.Parse(model.StateHash));
                planner.Adopt(
                    engine.Restore(new ModelState(model.Engine, model.Version, content)), model.Observations);
            }

            return planner;
        }
    }

    private static void RequireToFollow(PointPlanned planned, Planner planner, ExperimentState before)
    {
        ImmutableArray<PendingPoint> pending =
            [.. planned.Basis.Pending.Select(id => new PendingPoint(id, before.Points[id].Target))];
        (GridPoint Target, PlanningBasis Basis)? again = planner.Propose(planned.Point, pending);
        FinalChecks.Require(
            again is { } decision && decision.Target == planned.Target
                && decision.Basis.Score.Equals(planned.Basis.Score)
                && decision.Basis.PredictedMean.Equals(planned.Basis.PredictedMean)
                && decision.Basis.PredictedDeviation.Equals(planned.Basis.PredictedDeviation),
            $"{planned.Point} was planned at {planned.Target} from {planned.Basis}, and follows again at "
            + $"{again?.Target} from {again?.Basis}.");
    }
}
