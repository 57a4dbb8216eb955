using System.Collections.Immutable;
using DklActors.Learning.Kernels;

namespace DklActors.Learning.GaussianProcesses;

/// <summary>
/// Where the unconstrained hyperparameters lie in their vector: logarithms of the lengthscales (one a group of
/// dimensions), of the output scale and of the noise variance above its floor, then the mean.
/// </summary>
internal sealed class HyperparameterLayout
{
    private readonly ProcessOptions _options;
    private readonly int[] _groupOfDimension;

    /// <param name="options">Validated options.</param>
    /// <param name="dimension">Dimension of the embedding.</param>
    /// <param name="blockOfDimension">
    /// The block of features of each dimension, or empty where a network mixed them.
    /// </param>
    public HyperparameterLayout(ProcessOptions options, int dimension, ImmutableArray<int> blockOfDimension)
    {
        _options = options;
        _groupOfDimension = new int[dimension];
        for (int d = 0; d < dimension; d++)
        {
            _groupOfDimension[d] = options.Lengthscales switch
            {
                LengthscaleSharing.PerDimension => d,
                LengthscaleSharing.PerBlock when !blockOfDimension.IsEmpty => blockOfDimension[d],
                _ => 0,
            };
        }

        GroupCount = _groupOfDimension.Max() + 1;
    }

    public int Dimension => _groupOfDimension.Length;

    public int GroupCount { get; }

    public int Count => GroupCount + 3;

    public int VarianceIndex => GroupCount;

    public int NoiseIndex => GroupCount + 1;

    public int MeanIndex => GroupCount + 2;

    public int GroupOf(int dimension) => _groupOfDimension[dimension];

    /// <summary>The priors' medians, where a cold start begins.</summary>
    public double[] Start()
    {
        double[] values = new double[Count];
        values.AsSpan(0, GroupCount).Fill(Math.Log(_options.LengthscalePrior.Median * Math.Sqrt(Dimension)));
        values[VarianceIndex] = Math.Log(_options.VariancePrior.Median);
        values[NoiseIndex] = Math.Log(_options.NoisePrior.Median);
        return values;
    }

    public KernelParameters Parameters(ReadOnlySpan<double> values)
    {
        var lengthscales = ImmutableArray.CreateBuilder<double>(Dimension);
        foreach (int group in _groupOfDimension)
        {
            lengthscales.Add(Math.Exp(values[group]));
        }

        return new KernelParameters(
            _options.Kernel, lengthscales.MoveToImmutable(), Math.Exp(values[VarianceIndex]),
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
        index < GroupCount ? _options.LengthscalePrior.Penalty(value - (0.5 * Math.Log(Dimension)))
        : index == VarianceIndex ? _options.VariancePrior.Penalty(value)
        : index == NoiseIndex ? _options.NoisePrior.Penalty(value)
        : MeanPenalty(value);

    /// <summary>The penalty of one output's own stretch of a lengthscale that several share, and its slope.</summary>
    public (double Value, double Slope) StretchPenalty(double logarithm) => _options.StretchPrior.Penalty(logarithm);

    private (double Value, double Slope) MeanPenalty(double mean)
    {
        double distance = mean / _options.MeanDeviation;
        return (0.5 * distance * distance, distance / _options.MeanDeviation);
    }
}
