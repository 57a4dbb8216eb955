using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Messages.Geometry;
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
        var stencil = Stencil.Of(world.Scalarizer.Neighbours, world.Specimen.Image.Shape, world.Settings);
        Dictionary<GridPoint, PointState> byTarget = state.Points.Values.ToDictionary(point => point.Target);
        foreach (PointState scalarized in state.Points.Values.Where(point => point.Stage == PointStage.Scalarized))
        {
            Require(
                stencil.Around(scalarized.Target).OfType<GridPoint>().All(place =>
                    byTarget.TryGetValue(place, out PointState? near) && !near.IsOutstanding),
                $"{scalarized.Id} has a scalar, and not all its neighbours were settled.");
        }

        foreach (GridPoint place in world.Specimen.ExposedPlaces)
        {
            double received = world.Specimen.ElectronsAt(place);
            Require(
                state.Dose.ElectronsAt(place) >= received * (1 - Rounding),
                $"{place} received {received:G6} electrons, the ledger knows {state.Dose.ElectronsAt(place):G6}.");
        }

        Decisions.RequireToFollowAgain(world);
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
