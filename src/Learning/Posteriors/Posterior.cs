using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// Belief about the scalar at all M candidates, given a model and N observations; immutable. Values are in the
/// scalarizer's unit, variances in its square.
/// </summary>
/// <remarks>
/// With K + Σ = L·Lᵀ over the observations, it holds the rows of V = L⁻¹K(X, all): mean = μ + Vᵀw with
/// w = L⁻¹(y − μ), and variance = s − Σ V² (Rasmussen and Williams 2006, algorithm 2.1). One more observation adds
/// one row, O(M·N); earlier rows are shared between posteriors.
/// </remarks>
public sealed class Posterior
{
    // Of a tile's columns and some dozen rows, all fit into the second-level cache.
    private const int TileSize = 1024;

    // Where rows come from main memory, long pieces of them keep its prefetching going.
    private const int LongTileSize = 8192;

    // Below this many multiplications, starting a second thread costs more than it saves.
    private const long WorthTwoThreads = 100_000;

    // Two noise-free observations of one candidate would make the pivot 0; relative to the prior variance.
    private const double LeastPivot = 1e-10;

    private readonly PosteriorRow[] _rows;
    private readonly double[] _mean;
    private readonly double[] _variance;

    private Posterior(CandidateModel model, PosteriorRow[] rows, double[] mean, double[] variance)
    {
        Model = model;
        _rows = rows;
        _mean = mean;
        _variance = variance;
        Conditioned = Array.ConvertAll(rows, static row => row.Candidate);
    }

    public CandidateModel Model { get; }

    /// <summary>Number N of observations and fantasies conditioned on.</summary>
    public int Count => _rows.Length;

    /// <summary>The candidates conditioned on, in order; repeated ones are repeated.</summary>
    public IReadOnlyList<int> Conditioned { get; }

    /// <summary>Posterior mean of the latent function, M values.</summary>
    public ReadOnlySpan<double> Mean => _mean.AsSpan(0, Model.Count);

    /// <summary>Posterior variance of the latent function (without noise), M values, 0 or greater.</summary>
    public ReadOnlySpan<double> Variance => _variance.AsSpan(0, Model.Count);

    /// <summary>Learned noise variance, to add for the variance of a new measurement.</summary>
    public double NoiseVariance => Model.Kernel.NoiseVariance * Model.Scaling.Scale * Model.Scaling.Scale;

    internal double PriorMean => Model.Scaling.Offset + (Model.Kernel.Mean * Model.Scaling.Scale);

    internal double PriorVariance => Model.Kernel.Variance * Model.Scaling.Scale * Model.Scaling.Scale;

    internal ReadOnlySpan<PosteriorRow> Rows => _rows;

    internal IEnumerable<RowValues> Values => _rows.Select(static row => row.Values);

    /// <summary>Conditions a model on all observations.</summary>
    /// <param name="model">The model.</param>
    /// <param name="observations">
    /// N usable observations; none gives the prior. Bad ones are the caller's to leave out.
    /// </param>
    /// <exception cref="ArgumentException">A candidate does not exist, or a value is not finite.</exception>
    /// <exception cref="TrainingFailedException">The kernel matrix does not factorise.</exception>
    public static Posterior Condition(CandidateModel model, IReadOnlyList<Observation> observations)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(observations);
        int stride = model.Coordinates.Stride;
        var prior = new Posterior(model, [], new double[stride], new double[stride]);
        Array.Fill(prior._mean, prior.PriorMean);
        Array.Fill(prior._variance, prior.PriorVariance);
        foreach (Observation observation in observations)
        {
            RequireUsable(model, observation);
        }

        return observations.Count == 0 ? prior : prior.WithAll(observations);
    }

    /// <summary>Conditions on one more observation, O(M·N).</summary>
    /// <exception cref="ArgumentException">The candidate does not exist, or the value is not finite.</exception>
    public Posterior With(Observation observation)
    {
        RequireUsable(Model, observation);
        return Extend(observation.Candidate, observation.Value, NoiseOf(observation));
    }

    /// <summary>
    /// Conditions on a pending point as if it gave exactly the predicted mean (kriging believer; Ginsbourger, Le
    /// Riche and Carraro 2010): no mean changes, variances shrink.
    /// </summary>
    public Posterior Believe(int candidate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(candidate, Model.Count);
        return Extend(candidate, _mean[candidate], NoiseVariance);
    }

    private Posterior Extend(int candidate, double value, double noise)
    {
        RowValues[] values = [.. Values];
        double[] factors = Array.ConvertAll(values, row => row[candidate]);
        double prior = PriorVariance;
        double pivot = Math.Sqrt(Math.Max(_variance[candidate] + noise, LeastPivot * prior));
        double weight = (value - _mean[candidate]) / pivot;
        ScaledCoordinates coordinates = Model.Coordinates;
        double[] point = new double[coordinates.Dimension];
        coordinates.CopyPoint(candidate, point);
        int stride = coordinates.Stride;
        var row = new RowValues(stride);
        double[] mean = GC.AllocateUninitializedArray<double>(stride);
        double[] variance = GC.AllocateUninitializedArray<double>(stride);
        Tiles.ForEach(stride, TileSizeFor(stride), ThreadsFor((long)stride * (factors.Length + 16)), (start, length) =>
        {
            Span<double> target = PanelScratch<double>.Rent(length);
            coordinates.SquaredDistances(point, start, target);
            VectorKernels.Limit(Negligible.FarSquared, target);
            KernelFunction.Covariances(Model.Kernel.Kind, prior, target);
            RowValues.SubtractCombination(factors, values, start, target);
            VectorKernels.Scale(1.0 / pivot, target);
            row.Write(start, target);
            _mean.AsSpan(start, length).CopyTo(mean.AsSpan(start));
            _variance.AsSpan(start, length).CopyTo(variance.AsSpan(start));
            Apply(target, weight, mean.AsSpan(start, length), variance.AsSpan(start, length));
        });
        return new Posterior(
            Model, [.. _rows, new PosteriorRow(candidate, value, noise, pivot, weight, row)], mean, variance);
    }

    private Posterior WithAll(IReadOnlyList<Observation> observations)
    {
        int count = observations.Count;
        double prior = PriorVariance;
        ScaledCoordinates coordinates = Model.Coordinates;
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++)
        {
            points[i] = new double[coordinates.Dimension];
            coordinates.CopyPoint(observations[i].Candidate, points[i]);
        }

        double[] factor = FactoriseKernel(observations, points, out double jitter);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = observations[i].Value - PriorMean;
        }

        TriangularSolve.Forward(factor, count, weights);
        int stride = coordinates.Stride;
        var values = new RowValues[count];
        var rows = new PosteriorRow[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = new RowValues(stride);
            Observation observation = observations[i];
            rows[i] = new PosteriorRow(
                observation.Candidate, observation.Value, NoiseOf(observation) + jitter,
                factor[(i * count) + i], weights[i], values[i]);
        }

        Tiles.ForEach(stride, TileSizeFor(stride), ThreadsFor((long)stride * count * (count + 16)), (start, length) =>
        {
            Span<double> target = PanelScratch<double>.Rent(length);
            for (int i = 0; i < count; i++)
            {
                coordinates.SquaredDistances(points[i], start, target);
                VectorKernels.Limit(Negligible.FarSquared, target);
                KernelFunction.Covariances(Model.Kernel.Kind, prior, target);
                RowValues.SubtractCombination(factor.AsSpan(i * count, i), values.AsSpan(0, i), start, target);
                VectorKernels.Scale(1.0 / rows[i].Pivot, target);
                values[i].Write(start, target);
                Apply(target, weights[i], _mean.AsSpan(start, length), _variance.AsSpan(start, length));
            }
        });
        return new Posterior(Model, rows, _mean, _variance);
    }

    private double[] FactoriseKernel(IReadOnlyList<Observation> observations, double[][] points, out double jitter)
    {
        int count = observations.Count;
        float[] chosen = new float[count * Model.Dimension];
        for (int i = 0; i < count; i++)
        {
            Model.Embeddings.Span
                .Slice(observations[i].Candidate * Model.Dimension, Model.Dimension)
                .CopyTo(chosen.AsSpan(i * Model.Dimension));
        }

        var coordinates = new ScaledCoordinates(chosen, Model.Kernel.Lengthscales.AsSpan());
        double[] matrix = new double[count * count];
        double[] row = new double[coordinates.Stride];
        for (int i = 0; i < count; i++)
        {
            coordinates.SquaredDistances(points[i], 0, row);
            VectorKernels.Limit(Negligible.FarSquared, row);
            KernelFunction.Covariances(Model.Kernel.Kind, PriorVariance, row);
            row.AsSpan(0, count).CopyTo(matrix.AsSpan(i * count));
            matrix[(i * count) + i] += NoiseOf(observations[i]);
        }

        double[] factor = new double[count * count];
        return Cholesky.TryFactoriseWithJitter(matrix, count, factor, out jitter)
            ? factor
            : throw new TrainingFailedException(
                $"The kernel matrix of {count} observations does not factorise under model {Model.Version}, even " +
                "with jitter. Plan with an earlier model, or train again with a larger noise floor.");
    }

    private double NoiseOf(Observation observation)
    {
        double error = observation.StandardError;
        return NoiseVariance + (double.IsFinite(error) ? error * error : 0.0);
    }

    private static int TileSizeFor(int stride) => RowValues.AreCompact(stride) ? LongTileSize : TileSize;

    private int ThreadsFor(long multiplications) => multiplications < WorthTwoThreads ? 1 : Model.Threads;

    private static void Apply(ReadOnlySpan<double> row, double weight, Span<double> mean, Span<double> variance)
    {
        ReadOnlySpan<Vector<double>> rows = MemoryMarshal.Cast<double, Vector<double>>(row);
        Span<Vector<double>> means = MemoryMarshal.Cast<double, Vector<double>>(mean)[..rows.Length];
        Span<Vector<double>> variances = MemoryMarshal.Cast<double, Vector<double>>(variance)[..rows.Length];
        var weights = new Vector<double>(weight);
        for (int i = 0; i < rows.Length; i++)
        {
            means[i] = Vector.FusedMultiplyAdd(weights, rows[i], means[i]);
            variances[i] = Vector.Max(variances[i] - (rows[i] * rows[i]), Vector<double>.Zero);
        }
    }

    private static void RequireUsable(CandidateModel model, Observation observation)
    {
        if ((uint)observation.Candidate >= (uint)model.Count || !double.IsFinite(observation.Value))
        {
            throw new ArgumentException(
                $"The observation {observation.Value} at candidate {observation.Candidate} of {model.Count} cannot " +
                "be conditioned on. Leave bad scalars out.", nameof(observation));
        }
    }
}
