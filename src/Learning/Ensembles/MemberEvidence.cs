using System.Collections.Immutable;
using DklActors.Learning.Scoring;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>What leaving each observation out in turn says of an ensemble's members.</summary>
internal sealed class MemberEvidence(int members, ImmutableArray<Observation> observations, ulong seed)
{
    private readonly SortedDictionary<int, LeaveOneOut> _left = [];
    private readonly SortedDictionary<int, double[]> _densities = [];

    public void Add(int member, LeaveOneOut left)
    {
        _left.Add(member, left);
        _densities.Add(member, left.LogDensities(observations));
    }

    /// <summary>One weight a member, 0 for one that was not added; their sum is 1.</summary>
    public double[] Weights()
    {
        double[] weights = new double[members];
        double[] among = MemberWeights.PseudoBma([.. _densities.Values], seed);
        foreach ((int k, double weight) in _densities.Keys.Zip(among))
        {
            weights[k] = weight;
        }

        return weights;
    }

    /// <summary>What the deviations of the mixture mean, from its leave-one-out errors.</summary>
    public PredictiveShape Calibrate(double[] weights)
    {
        double[] errors = new double[observations.Length];
        for (int i = 0; i < errors.Length; i++)
        {
            double mean = _left.Sum(member => weights[member.Key] * member.Value.Means[i]);
            double variance = 0.0;
            foreach ((int k, LeaveOneOut left) in _left)
            {
                double difference = left.Means[i] - mean;
                variance += weights[k] * (left.Variances[i] + (difference * difference));
            }

            errors[i] = (observations[i].Value - mean) / Math.Sqrt(variance);
        }

        return Calibration.Fit(errors);
    }
}
