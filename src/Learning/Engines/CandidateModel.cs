using DklActors.Learning.Kernels;

namespace DklActors.Learning.Engines;

/// <summary>Immutable snapshot of a trained model over all candidates: all that planning needs.</summary>
public sealed class CandidateModel
{
    private readonly Lazy<ScaledCoordinates> _coordinates;

    /// <param name="version">Version of the training that made it.</param>
    /// <param name="dimension">Dimension d of the embedding.</param>
    /// <param name="embeddings">M × d values, row-major, one row a candidate.</param>
    /// <param name="kernel">Hyperparameters, with d lengthscales.</param>
    /// <param name="scaling">How targets were standardised.</param>
    /// <param name="threads">Most threads that work on this model's posteriors; it does not change a bit.</param>
    /// <exception cref="ArgumentException">The shapes do not match.</exception>
    public CandidateModel(
        int version, int dimension, ReadOnlyMemory<float> embeddings, KernelParameters kernel, TargetScaling scaling,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (embeddings.Length == 0 || embeddings.Length % dimension != 0 || kernel.Lengthscales.Length != dimension)
        {
            throw new ArgumentException(
                $"{embeddings.Length} embedding values and {kernel.Lengthscales.Length} lengthscales do not make " +
                $"a model of dimension {dimension}.", nameof(embeddings));
        }

        Version = version;
        Dimension = dimension;
        Embeddings = embeddings;
        Kernel = kernel;
        Scaling = scaling;
        Threads = threads;
        _coordinates = new(() => new ScaledCoordinates(embeddings.Span, kernel.Lengthscales.AsSpan()));
    }

    public int Version { get; }

    /// <summary>Number M of candidates.</summary>
    public int Count => Embeddings.Length / Dimension;

    public int Dimension { get; }

    /// <summary>M × d, row-major.</summary>
    public ReadOnlyMemory<float> Embeddings { get; }

    public KernelParameters Kernel { get; }

    public TargetScaling Scaling { get; }

    internal int Threads { get; }

    internal ScaledCoordinates Coordinates => _coordinates.Value;
}
