using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Engines;

/// <summary>One Gaussian process over the embeddings of all candidates.</summary>
public sealed class ProcessModel : CandidateModel
{
    private readonly Lazy<ScaledCoordinates> _coordinates;

    /// <param name="version">Version of the training that made it.</param>
    /// <param name="dimension">Dimension d of the embedding.</param>
    /// <param name="embeddings">M × d values, row-major, one row a candidate.</param>
    /// <param name="kernel">Hyperparameters, with d lengthscales.</param>
    /// <param name="scaling">How targets were standardised.</param>
    /// <param name="threads">Most threads that work on this model's posteriors; it does not change a bit.</param>
    /// <exception cref="ArgumentException">The shapes do not match.</exception>
    public ProcessModel(
        int version, int dimension, ReadOnlyMemory<float> embeddings, KernelParameters kernel, TargetScaling scaling,
        int threads = 1)
        : base(version, embeddings.Length / Math.Max(1, dimension), scaling, threads)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (embeddings.Length == 0 || embeddings.Length % dimension != 0 || kernel.Lengthscales.Length != dimension)
        {
            throw new ArgumentException(
                $"{embeddings.Length} embedding values and {kernel.Lengthscales.Length} lengthscales do not make " +
                $"a model of dimension {dimension}.", nameof(embeddings));
        }

        Dimension = dimension;
        Embeddings = embeddings;
        Kernel = kernel;
        _coordinates = new(() => new ScaledCoordinates(embeddings.Span, kernel.Lengthscales.AsSpan()));
    }

    public int Dimension { get; }

    /// <summary>M × d, row-major.</summary>
    public ReadOnlyMemory<float> Embeddings { get; }

    public KernelParameters Kernel { get; }

    internal ScaledCoordinates Coordinates => _coordinates.Value;

    /// <summary>Covariances in the scalarizer's unit².</summary>
    internal CovarianceFunction Covariance => new(Kernel, Scaling.Scale);

    internal double PriorMean => Scaling.Offset + (Kernel.Mean * Scaling.Scale);

    internal double PriorVariance => Kernel.Variance * Scaling.Scale * Scaling.Scale;

    internal double NoiseVariance => Kernel.NoiseVariance * Scaling.Scale * Scaling.Scale;

    /// <summary>Variance of one observation: learned noise and its own standard error.</summary>
    internal double NoiseOf(Observation observation)
    {
        double error = observation.StandardError;
        return NoiseVariance + (double.IsFinite(error) ? error * error : 0.0);
    }

    internal override Posterior Condition(IReadOnlyList<Observation> observations)
    {
        foreach (Observation observation in observations)
        {
            RequireUsable(observation);
        }

        return ProcessPosterior.Of(this, observations);
    }
}
