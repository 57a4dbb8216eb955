using System.Collections.Immutable;

namespace DklActors.Learning.Acquisition;

/// <summary>An acquisition function less the cost of going somewhere.</summary>
/// <remarks>
/// Costs have no unit. The inner scores are first brought to 0 … 1 over all candidates, so that a cost of 1 outweighs
/// any of them, whatever their unit; logarithms are left as they are, so that a cost c divides what they are the
/// logarithm of by e^c.
/// </remarks>
public sealed class Penalised : IAcquisitionFunction
{
    private readonly IAcquisitionFunction _inner;
    private readonly ImmutableArray<IPenalty> _penalties;

    /// <param name="inner">What makes a place worth measuring.</param>
    /// <param name="penalties">What speaks against it; their costs are added.</param>
    public Penalised(IAcquisitionFunction inner, params ImmutableArray<IPenalty> penalties)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _penalties = penalties;
    }

    public string Identity =>
        string.Join(" less ", _penalties.Select(static penalty => penalty.Identity).Prepend(_inner.Identity));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has no trail.</exception>
    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ProbeTrail trail = input.Trail ?? throw new ArgumentException(
            $"{Identity} needs to know where the probe has been. Give the input a trail.", nameof(input));
        _inner.Score(input, scores);
        if (!_inner.ScoresAreLogarithms(input))
        {
            BringToUnitRange(scores);
        }

        double[] costs = new double[scores.Length];
        foreach (IPenalty penalty in _penalties)
        {
            penalty.AddCosts(trail, costs);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] -= costs[i];
        }
    }

    public bool ScoresAreLogarithms(AcquisitionInput input) => _inner.ScoresAreLogarithms(input);

    private static void BringToUnitRange(Span<double> scores)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double score in scores)
        {
            low = double.IsFinite(score) ? Math.Min(low, score) : low;
            high = double.IsFinite(score) ? Math.Max(high, score) : high;
        }

        // Equal scores stay equal; the costs then decide alone.
        double unit = high > low ? high - low : 1.0;
        foreach (ref double score in scores)
        {
            score = (score - low) / unit;
        }
    }
}
