using System.Collections.Immutable;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// Keeps away from places lately visited, where the beam has left charge, contamination or damage: the cost of the
/// a-th last planned place, a = 0, 1, …, is weight·(1 − a/memory)·exp(−r²/2R²) at a distance r; a candidate bears the
/// greatest of them, so that the cost is never above the weight.
/// </summary>
/// <remarks>
/// With <see cref="NeverForgets"/> as memory the age does not count: a penalty on going again to anywhere near
/// a place visited at any time.
/// </remarks>
public sealed class RecencyPenalty : IPenalty
{
    /// <summary>Memory of all places alike.</summary>
    public const int NeverForgets = 0;

    private readonly double _weight;
    private readonly double _radiusPx;
    private readonly int _memory;

    /// <param name="weight">Cost at the last planned place, without unit, 0 or greater.</param>
    /// <param name="radiusPx">R, px, greater than 0.</param>
    /// <param name="memory">Number of planned places until one is forgotten, or <see cref="NeverForgets"/>.</param>
    public RecencyPenalty(double weight, double radiusPx, int memory)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radiusPx);
        ArgumentOutOfRangeException.ThrowIfNegative(memory);
        _weight = weight;
        _radiusPx = radiusPx;
        _memory = memory;
    }

    public string Identity => _memory == NeverForgets
        ? FormattableString.Invariant($"revisit-penalty({_weight:R}, {_radiusPx:R} px)")
        : FormattableString.Invariant($"recency-penalty({_weight:R}, {_radiusPx:R} px, {_memory})");

    public void AddCosts(ProbeTrail trail, Span<double> costs)
    {
        ArgumentNullException.ThrowIfNull(trail);
        ImmutableArray<GridPoint> planned = trail.Planned;
        int remembered = _memory == NeverForgets ? planned.Length : Math.Min(_memory, planned.Length);
        double exponent = -0.5 / (_radiusPx * _radiusPx);
        for (int i = 0; i < costs.Length; i++)
        {
            GridPoint here = trail.Candidates.PointAt(i);
            double greatest = 0.0;
            for (int age = 0; age < remembered; age++)
            {
                GridPoint there = planned[^(age + 1)];
                double rows = here.Row - there.Row, columns = here.Column - there.Column;
                double weight = _memory == NeverForgets ? _weight : _weight * (_memory - age) / _memory;
                greatest = Math.Max(
                    greatest, weight * Math.Exp(exponent * ((rows * rows) + (columns * columns))));
            }

            costs[i] += greatest;
        }
    }
}
