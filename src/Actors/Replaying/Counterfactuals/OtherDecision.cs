using DklActors.Messages;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Replaying.Counterfactuals;

/// <summary>Where a point was planned, and where another choice would have gone with the same data.</summary>
/// <param name="Point">The point.</param>
/// <param name="Target">Where it was planned.</param>
/// <param name="Other">Where it would have been; null where the other choice had nowhere to go.</param>
public sealed record OtherDecision(PointId Point, GridPoint Target, GridPoint? Other)
{
    public bool IsEqual => Other == Target;

    /// <summary>Distance of the two, px; NaN where there is no other.</summary>
    public double Distance => Other is { } other
        ? Math.Sqrt(Math.Pow(other.Row - Target.Row, 2) + Math.Pow(other.Column - Target.Column, 2))
        : double.NaN;
}
