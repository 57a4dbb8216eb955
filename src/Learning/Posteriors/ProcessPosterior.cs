using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Posteriors;

/// <summary>The belief of one Gaussian process.</summary>
/// <remarks>
/// With K + Σ = L·Lᵀ over the observations, it holds the rows of V = L⁻¹K(X, all): mean = μ + Vᵀw with
/// w = L⁻¹(y − μ), and variance = s − Σ V² (Rasmussen and Williams 2006, algorithm 2.1). One more observation adds
/// one row, O(M·N); earlier rows are shared between posteriors.
/// </remarks>
internal sealed class ProcessPosterior : Posterior
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

    private readonly ProcessModel _model;

    private ProcessPosterior(
        ProcessModel model, MeasurementNoise noise, PosteriorRow[] rows, double[] mean, double[] variance)
        : base(model, noise)
    {
        _model = model;
        _rows = rows;
        _mean = mean;
        _variance = variance;
        Conditioned = Array.ConvertAll(rows, static row => row.Candidate);
    }

    public override IReadOnlyList<int> Conditioned { get; }

    public override ReadOnlySpan<double> Mean => _mean.AsSpan(0, Model.Count);

    public override ReadOnlySpan<double> Variance => _variance.AsSpan(0, Model.Count);

    internal override double PriorVariance => _model.PriorVariance;

    internal ProcessModel Process => _model;

    internal ReadOnlySpan<PosteriorRow> Rows => _rows;

    internal IEnumerable<RowValues> Values => _rows.Select(static row => row.Values);

    /// <summary>Conditions a process on observations that are known to be usable.</summary>
    /// <exception cref="TrainingFailedException">The kernel matrix does not factorise.</exception>
    public static ProcessPosterior Of(ProcessModel model, IReadOnlyList<Observation> observations)
    {
        int stride = model.Coordinates.Stride;
        var noise = MeasurementNoise.Fit(model.NoiseVariance, observations);
        var prior = new ProcessPosterior(model, noise, [], new double[stride], new double[stride]);
        Array.Fill(prior._mean, model.PriorMean);
        Array.Fill(prior._variance, model.PriorVariance);
        return observations.Count == 0 ? prior : prior.WithAll(observations);
    }

    public override Posterior With(Observation observation)
    {
        Model.RequireUsable(observation);
        return Extend(observation.Candidate, observation.Value, _model.NoiseOf(observation));
    }

    public override Posterior Believe(int candidate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(candidate, Model.Count);
        return Extend(candidate, _mean[candidate], NoiseVariance);
    }

    internal override CovarianceAdder CovariancesOf(int[] chosen) => new ProcessCovariances(this, chosen).Add;

    internal override void Draw(ulong seed, int features, Span<double> draw) =>
        PosteriorSampler.Draw(this, seed, features, draw);

    private ProcessPosterior Extend(int candidate, double value, double noise)
    {
        RowValues[] values = [.. Values];
        double[] factors = Array.ConvertAll(values, row => row[candidate]);
        double pivot = Math.Sqrt(Math.Max(_variance[candidate] + noise, LeastPivot * PriorVariance));
        double weight = (value - _mean[candidate]) / pivot;
        ScaledCoordinates coordinates = _model.Coordinates;
        CovarianceFunction covariance = _model.Covariance;
        double[] point = new double[coordinates.Dimension];
        coordinates.CopyPoint(candidate, point);
        int stride = coordinates.Stride;
        var row = new RowValues(stride);
        double[] mean = GC.AllocateUninitializedArray<double>(stride);
        double[] variance = GC.AllocateUninitializedArray<double>(stride);
        Tiles.ForEach(stride, TileSizeFor(stride), ThreadsFor((long)stride * (factors.Length + 16)), (start, length) =>
        {
            Span<double> target = PanelScratch<double>.Rent(length);
            covariance.Fill(coordinates, point, start, target);
            RowValues.SubtractCombination(factors, values, start, target);
            VectorKernels.Scale(1.0 / pivot, target);
            row.Write(start, target);
            _mean.AsSpan(start, length).CopyTo(mean.AsSpan(start));
            _variance.AsSpan(start, length).CopyTo(variance.AsSpan(start));
            Apply(target, weight, mean.AsSpan(start, length), variance.AsSpan(start, length));
        });
        return new ProcessPosterior(
            _model, Noise, [.. _rows, new PosteriorRow(candidate, value, noise, pivot, weight, row)], mean, variance);
    }

    private ProcessPosterior WithAll(IReadOnlyList<Observation> observations)
    {
        int count = observations.Count;
        ScaledCoordinates coordinates = _model.Coordinates;
        CovarianceFunction covariance = _model.Covariance;
        double[][] points = new double[count][];
        for (int i = 0; i < count; i++)
        {
            points[i] = new double[coordinates.Dimension];
            coordinates.CopyPoint(observations[i].Candidate, points[i]);
        }

        double[] factor = ObservedKernel.Factorise(_model, observations, out double jitter);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = observations[i].Value - _model.PriorMean;
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
                observation.Candidate, observation.Value, _model.NoiseOf(observation) + jitter,
                factor[(i * count) + i], weights[i], values[i]);
        }

        Tiles.ForEach(stride, TileSizeFor(stride), ThreadsFor((long)stride * count * (count + 16)), (start, length) =>
        {
            Span<double> target = PanelScratch<double>.Rent(length);
            for (int i = 0; i < count; i++)
            {
                covariance.Fill(coordinates, points[i], start, target);
                RowValues.SubtractCombination(factor.AsSpan(i * count, i), values.AsSpan(0, i), start, target);
                VectorKernels.Scale(1.0 / rows[i].Pivot, target);
                values[i].Write(start, target);
                Apply(target, weights[i], _mean.AsSpan(start, length), _variance.AsSpan(start, length));
            }
        });
        return new ProcessPosterior(_model, Noise, rows, _mean, _variance);
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
}
