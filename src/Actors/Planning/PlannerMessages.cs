using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Planning;

/// <summary>Choose the place of the next point, given those that are taken for measured.</summary>
/// <param name="Point">Its number.</param>
/// <param name="Pending">Planned points without a scalar.</param>
/// <param name="Wish">Where a person wants it; null where the planner is to choose.</param>
/// <param name="Epoch">Comes back with the answer.</param>
internal sealed record PlanNext(PointId Point, ImmutableArray<PendingPoint> Pending, GridPoint? Wish, int Epoch)
    : IAboutPoint;

/// <summary>A planned point without a scalar yet.</summary>
internal readonly record struct PendingPoint(PointId Id, GridPoint Target);

/// <summary>Where a point was planned, and why.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Target">Where.</param>
/// <param name="Reason">Which rule decided; null for a neighbour, which another point needs.</param>
internal readonly record struct PlannedPoint(PointId Id, GridPoint Target, PlanningReason? Reason)
{
    public static PlannedPoint Of(PointState point) =>
        new(point.Id, point.Target, point.Centre is null ? point.Basis.Reason : null);
}

/// <summary>A point to measure, and those beside it that the scalarizer needs and that have no frame yet.</summary>
internal sealed record PointProposed(
    PointId Point,
    GridPoint Target,
    PlanningBasis Basis,
    ImmutableArray<GridPoint> Neighbours,
    TimeSpan Took,
    int Epoch)
    : IAboutPoint;

/// <summary>Every candidate has been planned, measured or excluded.</summary>
internal sealed record NothingLeftToPlan(PointId Point, int Epoch) : IAboutPoint;

/// <summary>
/// All that a planner knows; the first message of every planner's life, and again when a person's choice makes it
/// forget the rest. Before it, nothing counts.
/// </summary>
/// <param name="Planned">Every point planned so far.</param>
/// <param name="Observations">Every usable scalar, in the order of recording.</param>
/// <param name="Model">The last model, or null.</param>
/// <param name="ModelObservations">Number of observations that it was trained on.</param>
/// <param name="Plan">What it decides by.</param>
/// <param name="Stencil">The neighbours that each point needs, where points may be planned.</param>
/// <param name="Epoch">Goes along with what is believed from now on.</param>
internal sealed record Remember(
    ImmutableArray<PlannedPoint> Planned,
    ImmutableArray<Observation> Observations,
    CandidateModel? Model,
    int ModelObservations,
    PlanSettings Plan,
    Stencil Stencil,
    int Epoch);

/// <summary>The planner was made anew after a fault and knows nothing.</summary>
internal sealed record PlannerRestarted;

/// <summary>A new scalar to condition on.</summary>
internal sealed record Observe(Observation Observation);

/// <summary>A new model, trained on the first so many observations.</summary>
internal sealed record AdoptModel(CandidateModel Model, int Observations);

/// <summary>The planner could not use a model and keeps the one it had.</summary>
internal sealed record ModelRefused(int Version, int Observations, string Reason, int Epoch);

/// <summary>What is now believed, after the first so many observations.</summary>
internal sealed record BeliefChanged(Posterior Posterior, int Observations, int Epoch);
