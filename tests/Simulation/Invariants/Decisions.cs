using DklActors.Actors.Planning;
using DklActors.Actors.Replaying;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Simulation.Learning;
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

        CandidateSet candidates = CandidateSet.Among(world.Specimen.Image, world.Settings.Patch, world.Settings.Sites);
        IDklEngine engine = Settings.CreateEngine(candidates, world.Preset);
        var replay = new DecisionReplay(
            candidates,
            world.Settings.Plan,
            world.Settings.Seed,
            model => engine.Restore(new ModelState(
                model.Engine, model.Version, world.Disk.Content(ContentHash.Parse(model.StateHash)))),
            choices: new SimulatedChoices(world, static scalarizer => scalarizer),
            seedModelOf: () => SeedModel.Of(
                world.Settings.Plan, world.Settings.Seed, world.Disk.State.Transfer, engine, world.Disk.Content));
        foreach (StoredEvent stored in world.Disk.Read(Settings.RunId, 0))
        {
            RederivedDecision? decision = replay.Follow(stored.Event);
            FinalChecks.Require(
                decision is null or { IsSame: true, NotDerivable: null },
                $"{decision?.Planned.Point} was planned at {decision?.Planned.Target} from {decision?.Planned.Basis}, "
                + $"and follows again at {decision?.Target} from {decision?.Basis}: {decision?.Problem} "
                + $"{decision?.NotDerivable}");
            FinalChecks.Require(
                stored.Event is not PointPlanned { Basis.Reason: not PlanningReason.Forced } planned
                    || replay.Plan.Allows(planned.Target),
                $"Event {stored.SequenceNumber} plans where no point may be planned.");
        }
    }
}
