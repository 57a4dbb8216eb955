using System.Collections.Immutable;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Ensembles;

/// <summary>What leaving each observation out in turn says of an ensemble's members.</summary>
internal sealed class MemberEvidence(
    ImmutableArray<EnsembleMember> members, ImmutableArray<Observation> observations, ulong seed)
{
    private readonly SortedDictionary<int, LeaveOneOut> _left = [];
    private readonly SortedDictionary<int, double[]> _densities = [];

    public void Add(int member, LeaveOneOut left)
    {
        _left.Add(member, left);
        _densities.Add(member, left.LogDensities(observations));
    }

    /// <summary>One weight a member, 0 for one that was not added; their sum is 1.</summary>
    public double[] Weights() => WeightsAmong(_ => true);

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

    /// <summary>
    /// Null where no member knows the position alone, or where without some observation the others have no spread.
    /// </summary>
    public StructureEvidence? OfStructure()
    {
        double[]? structure = Combined(static member => member.UsesStructure);
        double[]? position = Combined(static member => !member.UsesStructure);
        if (structure is null || position is null || observations.Length < 3)
        {
            return null;
        }

        var knowsNothing = LeaveOneOut.OfConstant(observations);
        if (knowsNothing.Variances.Contains(0.0))
        {
            return null;
        }

        double[] constant = knowsNothing.LogDensities(observations);
        return new StructureEvidence(
            structure.Average(), position.Average(), constant.Average(),
            ErrorOfDifference(structure, position), ErrorOfDifference(position, constant));
    }

    private double[] WeightsAmong(Func<EnsembleMember, bool> isMeant)
    {
        int[] chosen = [.. _densities.Keys.Where(k => isMeant(members[k]))];
        double[] weights = new double[members.Length];
        if (chosen.Length > 0)
        {
            double[] among = MemberWeights.PseudoBma([.. chosen.Select(k => _densities[k])], seed);
            for (int i = 0; i < chosen.Length; i++)
            {
                weights[chosen[i]] = among[i];
            }
        }

        return weights;
    }

    /// <summary>Log densities under the mixture of some members.</summary>
    private double[]? Combined(Func<EnsembleMember, bool> isMeant)
    {
        double[] weights = WeightsAmong(isMeant);
        return weights.Sum() == 0.0
            ? null
            : [.. Enumerable.Range(0, observations.Length).Select(i => LogMixed(weights, i))];
    }

    // From the greatest one on: far outliers have densities that are no numbers, but their logarithms are.
    private double LogMixed(double[] weights, int observation)
    {
        (double Weight, double Log)[] parts =
        [
            .. _densities.Where(member => weights[member.Key] > 0.0)
                .Select(member => (weights[member.Key], member.Value[observation])),
        ];
        double highest = parts.Max(static part => part.Log);
        return highest + Math.Log(parts.Sum(part => part.Weight * Math.Exp(part.Log - highest)));
    }

    private static double ErrorOfDifference(double[] left, double[] right)
    {
        double[] differences = [.. left.Zip(right, static (a, b) => a - b)];
        double mean = differences.Average();
        double squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        return Math.Sqrt(squares / (differences.Length - 1) / differences.Length);
    }
}
