using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Ports;

/// <summary>Where a stage may be sent.</summary>
/// <param name="LeastX">Smallest x.</param>
/// <param name="MostX">Largest x.</param>
/// <param name="LeastY">Smallest y.</param>
/// <param name="MostY">Largest y.</param>
public sealed record StageLimits(Nanometre LeastX, Nanometre MostX, Nanometre LeastY, Nanometre MostY)
{
    /// <summary>What of a place is outside, in words; null where all of it is within.</summary>
    public (StageAxis Axis, string Problem)? ProblemOf(StagePosition place) =>
        Outside(StageAxis.X, place.X, LeastX, MostX) ?? Outside(StageAxis.Y, place.Y, LeastY, MostY);

    private static (StageAxis, string)? Outside(StageAxis axis, Nanometre value, Nanometre least, Nanometre most) =>
        value.Value >= least.Value && value.Value <= most.Value
            ? null
            : (axis, FormattableString.Invariant(
                $"{axis.ToString().ToLowerInvariant()} of {value.Value:0.###} nm is outside the stage's limits of ")
                + FormattableString.Invariant($"{least.Value:0.###} .. {most.Value:0.###} nm"));
}

/// <summary>One of the stage's directions.</summary>
public enum StageAxis
{
    X,
    Y,
}
