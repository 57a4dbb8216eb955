using System.Collections.Immutable;
using DklActors.Learning.Features;
using DklActors.Learning.Kernels;

namespace DklActors.Learning.GaussianProcesses;

/// <summary>
/// Where the unconstrained hyperparameters lie in their vector: logarithms of the lengthscales (one a group of
/// dimensions), of the output scales (one a term) and of the noise variance above its floor, then the mean.
/// </summary>
internal sealed class HyperparameterLayout
{
    private readonly ProcessOptions _options;
    private readonly int[] _groupOfDimension;
    private readonly LogNormalPrior[] _priors;
    private readonly (int First, int Count)[] _terms;

    /// <param name="options">Validated options.</param>
    /// <param name="dimension">Dimension of the embedding.</param>
    /// <param name="blocks">The blocks of features, or empty where a network mixed them.</param>
    public HyperparameterLayout(ProcessOptions options, int dimension, ImmutableArray<FeatureSpan> blocks)
    {
        _options = options;
        bool isSum = options.Structure == KernelStructure.SumOverBlocks && !blocks.IsEmpty;
        ImmutableArray<FeatureSpan> spans =
            blocks.IsEmpty ? [new FeatureSpan("embedding", 0, dimension, false)] : blocks;
        _terms = isSum ? [.. spans.Select(static span => (span.First, span.Width))] : [(0, dimension)];
        _groupOfDimension = new int[dimension];
        List<LogNormalPrior> lengthscales = [];
        foreach (FeatureSpan span in spans)
        {
            int spaceDimension = isSum ? span.Width : dimension;
            for (int d = span.First; d < span.First + span.Width; d++)
            {
                if (BeginsGroup(d, span, isSum))
                {
                    LogNormalPrior prior = isSum && span.Name == PositionFeatures.Name
                        ? options.PositionLengthscalePrior
                        : options.LengthscalePrior;
                    lengthscales.Add(prior with { Median = prior.Median * Math.Sqrt(spaceDimension) });
                }

                _groupOfDimension[d] = lengthscales.Count - 1;
            }
        }

        GroupCount = lengthscales.Count;
        _priors = [.. lengthscales, .. VariancePriors(options, spans, isSum), options.NoisePrior];
    }

    public int Dimension => _groupOfDimension.Length;

    public int GroupCount { get; }

    public int TermCount => _terms.Length;

    public int Count => GroupCount + TermCount + 2;

    /// <summary>Index of the first term's output scale; those of the others follow.</summary>
    public int VarianceIndex => GroupCount;

    public int NoiseIndex => GroupCount + TermCount;

    public int MeanIndex => NoiseIndex + 1;

    public int GroupOf(int dimension) => _groupOfDimension[dimension];

    /// <summary>The priors' medians, where a cold start begins; the mean's is 0.</summary>
    public double[] Start() => [.. _priors.Select(static prior => Math.Log(prior.Median)), 0.0];

    public KernelParameters Parameters(ReadOnlySpan<double> values)
    {
        var lengthscales = ImmutableArray.CreateBuilder<double>(Dimension);
        foreach (int group in _groupOfDimension)
        {
            lengthscales.Add(Math.Exp(values[group]));
        }

        var terms = ImmutableArray.CreateBuilder<KernelTerm>(TermCount);
        for (int t = 0; t < TermCount; t++)
        {
            terms.Add(new KernelTerm(_terms[t].First, _terms[t].Count, Math.Exp(values[VarianceIndex + t])));
        }

        return new KernelParameters(
            _options.Kernel, lengthscales.MoveToImmutable(), terms.MoveToImmutable(),
            _options.LeastNoiseVariance + Math.Exp(values[NoiseIndex]), values[MeanIndex]);
    }

    /// <summary>Negative log prior density (without constants); its slopes are added to the gradient.</summary>
    public double Penalty(ReadOnlySpan<double> values, Span<double> gradient)
    {
        double total = 0.0;
        for (int i = 0; i < Count; i++)
        {
            (double value, double slope) = PenaltyOf(i, values[i]);
            total += value;
            gradient[i] += slope;
        }

        return total;
    }

    /// <summary>The share of one hyperparameter in the penalty, and its slope.</summary>
    public (double Value, double Slope) PenaltyOf(int index, double value) =>
        index < MeanIndex ? _priors[index].Penalty(value) : MeanPenalty(value);

    /// <summary>The penalty of one output's own stretch of a lengthscale that several share, and its slope.</summary>
    public (double Value, double Slope) StretchPenalty(double logarithm) => _options.StretchPrior.Penalty(logarithm);

    // Position is one space too, but samples have layers and interfaces, along which nothing changes.
    private static bool IsIsotropic(FeatureSpan span) => span.IsOneSpace && span.Name != PositionFeatures.Name;

    private bool BeginsGroup(int dimension, FeatureSpan span, bool isSum) => _options.Lengthscales switch
    {
        LengthscaleSharing.PerDimension => !(isSum && IsIsotropic(span)) || dimension == span.First,
        LengthscaleSharing.PerBlock => dimension == span.First,
        _ => isSum ? dimension == span.First : dimension == 0,
    };

    // The first block of unlike quantities carries the sum; the others begin small and grow if the data want it.
    private static IEnumerable<LogNormalPrior> VariancePriors(
        ProcessOptions options, ImmutableArray<FeatureSpan> spans, bool isSum)
    {
        if (!isSum)
        {
            return [options.VariancePrior];
        }

        FeatureSpan main = spans.FirstOrDefault(static span => !span.IsOneSpace, spans[0]);
        return spans.Select(span => span == main ? options.VariancePrior : options.FurtherVariancePrior);
    }

    private (double Value, double Slope) MeanPenalty(double mean)
    {
        double distance = mean / _options.MeanDeviation;
        return (0.5 * distance * distance, distance / _options.MeanDeviation);
    }
}
