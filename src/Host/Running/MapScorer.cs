using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;

namespace DklActors.Host.Running;

/// <summary>Scores a posterior against the known map, over the candidates whose truth is a number.</summary>
internal sealed class MapScorer
{
    private readonly KnownMap _truth;
    private readonly int[] _known;
    private readonly double[] _knownValues;

    private MapScorer(KnownMap truth, int[] known)
    {
        _truth = truth;
        _known = known;
        _knownValues = [.. known.Select(candidate => truth.Values[candidate])];
    }

    /// <summary>Null where there is no truth, or the same everywhere, so that an error has no scale.</summary>
    public static MapScorer? For(KnownMap? truth)
    {
        if (truth is null)
        {
            return null;
        }

        double[] values = truth.Values;
        int[] known = [.. Enumerable.Range(0, values.Length).Where(candidate => double.IsFinite(values[candidate]))];
        return known.Select(candidate => values[candidate]).Distinct().Take(2).Count() == 2
            ? new MapScorer(truth, known)
            : null;
    }

    public KnownMap Truth => _truth;

    /// <remarks>A truth that was measured carries noise, and so must the prediction of it.</remarks>
    public MapScore Score(Posterior posterior)
    {
        double[] mean = new double[_known.Length];
        double[] variance = new double[_known.Length];
        for (int i = 0; i < _known.Length; i++)
        {
            mean[i] = posterior.Mean[_known[i]];
            variance[i] = posterior.Variance[_known[i]]
                + (_truth.IsNoiseFree ? 0 : posterior.NoiseVarianceAt(_known[i]));
        }

        return MapScore.Compute(mean, variance, _knownValues, posterior.Model.Shape);
    }
}
