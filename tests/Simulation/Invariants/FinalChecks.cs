using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Scalarizing;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;
using DklActors.Simulation.Learning;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Invariants;

/// <summary>What must hold when all is over.</summary>
internal static class FinalChecks
{
    private const double Rounding = 1e-6;

    public static void Require(World world)
    {
        ExperimentState state = world.Disk.State;
        Require(world.Disk.FirstFault() is null, $"The chain is broken: {world.Disk.FirstFault()}");
        Require(state.Dose.OpenReservations == 0, "Dose is reserved for nothing.");
        if (state.Run == RunState.Completed)
        {
            Require(
                state.Measured == world.Settings.Plan.Total || state.EndReason!.Contains("No candidate"),
                $"Completed with {state.Measured} of {world.Settings.Plan.Total} points: {state.EndReason}");
        }

        Require(
            state.Points.Values.Select(point => point.Target).Distinct().Count() == state.Points.Count,
            "A place was planned twice.");
        RequireOneScalarEach(world);
        IScalarizer scalarizer = ChosenPlan.ScalarizerOf(
            state, world.Scalarizer, new SimulatedChoices(world, static each => each));
        var stencil = Stencil.Of(scalarizer.Neighbours, world.Specimen.Image.Shape, world.Settings);
        Dictionary<GridPoint, PointState> byTarget = state.Points.Values.ToDictionary(point => point.Target);
        foreach (PointState scalarized in state.Points.Values.Where(point => point.Stage == PointStage.Scalarized))
        {
            // Where persons have chosen otherwise meanwhile, there are neighbours that nothing was planned at.
            bool isPlannedWhole = scalarized.Id.Value > state.PointsAtChange && state.Region is null
                && state.Exclusions.IsEmpty && !world.Drifts;
            Require(
                isPlannedWhole
                    || Neighbourhood.Of(state, scalarized, stencil, static point => point.IsOutstanding) is not null,
                $"{scalarized.Id} has a scalar, and a neighbour that was planned for it is still to come.");
            Require(
                !isPlannedWhole || stencil.Around(scalarized.Target).OfType<GridPoint>().All(place =>
                    byTarget.TryGetValue(place, out PointState? near) && !near.IsOutstanding),
                $"{scalarized.Id} has a scalar, and not all its neighbours were settled.");
        }

        foreach (GridPoint place in world.Specimen.ExposedPlaces)
        {
            double received = world.Specimen.ElectronsAt(place);
            Require(
                world.Drifts || state.Dose.ElectronsAt(place) >= received * (1 - Rounding),
                $"{place} received {received:G6} electrons, the ledger knows {state.Dose.ElectronsAt(place):G6}.");
        }

        RequireTrainingsToBeToldBefore(world);
        Decisions.RequireToFollowAgain(world);
        Drifting.RequireToFollowAgain(world);
    }

    /// <summary>No model of a training elsewhere that the journal does not know to have been sent.</summary>
    private static void RequireTrainingsToBeToldBefore(World world)
    {
        HashSet<(int Version, int Observations)> sent = [];
        HashSet<Guid> jobs = [];
        foreach (StoredEvent stored in world.Disk.Read(Settings.RunId, 0))
        {
            switch (stored.Event)
            {
                case TrainingSent training:
                    Require(jobs.Add(training.Job), $"Job {training.Job} was sent twice.");
                    sent.Add((training.Version, training.Observations));
                    break;
                case ModelTrained model:
                    Require(
                        model.Trainer is not null == world.SendsTrainings
                            && (!world.SendsTrainings || sent.Contains((model.Version, model.Observations))),
                        $"Model {model.Version} came of a training that was never sent.");
                    break;
            }
        }
    }

    /// <summary>One scalar a point, and one more for each scalarizer that a person chose after.</summary>
    private static void RequireOneScalarEach(World world)
    {
        HashSet<PointId> scalarized = [];
        foreach (StoredEvent stored in world.Disk.Read(Settings.RunId, 0))
        {
            switch (stored.Event)
            {
                case ScalarizerChanged:
                    scalarized.Clear();
                    break;
                case PointScalarized scalar:
                    Require(scalarized.Add(scalar.Point), $"{scalar.Point} has two scalars of {scalar.Scalarizer}.");
                    break;
            }
        }
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
