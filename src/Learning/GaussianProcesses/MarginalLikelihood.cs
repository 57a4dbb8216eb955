using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;

namespace DklActors.Learning.GaussianProcesses;

/// <summary>
/// Negative log marginal likelihood of an exact Gaussian process over N training points in float64, with analytic
/// gradients with respect to the hyperparameters and the embedding. Holds the workspace; for one thread at a time.
/// </summary>
/// <remarks>
/// With A = K + Σ and α = A⁻¹(y − μ): L = ½(y − μ)ᵀα + ½ log|A| + ½N log 2π, and dL = Σ G∘dA with
/// G = ½(A⁻¹ − ααᵀ) (Rasmussen and Williams 2006, eq. 5.8–5.9).
/// </remarks>
internal sealed class MarginalLikelihood : ILikelihood
{
    private const int RowsInTask = 16;

    // Below this many points, starting a second thread costs more than it saves.
    private const int WorthTwoThreads = 96;

    private readonly HyperparameterLayout _layout;
    private readonly double[] _matrix;
    private readonly double[] _factor;
    private readonly double[] _work;
    private readonly double[] _inverse;
    private readonly double[] _slopes;
    private readonly double[] _alpha;
    private readonly ScaledCoordinates _coordinates;
    private readonly double[] _scaledGradient;
    private readonly double[] _lengthscaleSlopes;
    private readonly double[] _varianceSlopes;
    private readonly int _threads;

    private double[] _targets;
    private double[] _errorVariances;

    /// <param name="layout">Where the hyperparameters lie.</param>
    /// <param name="targets">N standardised targets.</param>
    /// <param name="errorVariances">N squared standard errors of the observations, standardised.</param>
    /// <param name="threads">Most threads to use.</param>
    public MarginalLikelihood(
        HyperparameterLayout layout, double[] targets, double[] errorVariances, int threads = 1)
    {
        _layout = layout;
        _targets = targets;
        _errorVariances = errorVariances;
        int n = targets.Length;
        _matrix = new double[n * n];
        _factor = new double[n * n];
        _work = new double[n * n];
        _inverse = new double[n * n];
        _alpha = new double[n];
        _coordinates = new ScaledCoordinates(n, layout.Dimension);
        _slopes = new double[n * _coordinates.Stride];
        _scaledGradient = new double[n * layout.Dimension];
        _lengthscaleSlopes = new double[n * layout.Dimension];
        _varianceSlopes = new double[n];
        _threads = n < WorthTwoThreads ? 1 : threads;
    }

    private int Count => _targets.Length;

    public double Jitter { get; private set; }

    /// <summary>Goes on with another output at the same N points.</summary>
    public void Observe(double[] targets, double[] errorVariances)
    {
        if (targets.Length != Count || errorVariances.Length != Count)
        {
            throw new ArgumentException($"{targets.Length} targets are not {Count}.", nameof(targets));
        }

        _targets = targets;
        _errorVariances = errorVariances;
    }

    public double Penalty(ReadOnlySpan<double> hyperparameters, Span<double> gradient) =>
        _layout.Penalty(hyperparameters, gradient);

    public double Evaluate(
        ReadOnlySpan<float> embedding, ReadOnlySpan<double> hyperparameters, Span<double> hyperparameterGradient,
        Span<double> embeddingGradient)
    {
        KernelParameters kernel = _layout.Parameters(hyperparameters);
        _coordinates.Set(embedding, kernel.Lengthscales.AsSpan());
        Tiles.ForEach(Count, RowsInTask, _threads, (start, rows) => FillRows(kernel, start, rows));
        if (!Cholesky.TryFactoriseWithJitter(_matrix, Count, _factor, out double jitter, _threads))
        {
            return double.NaN;
        }

        Jitter = jitter;
        for (int i = 0; i < Count; i++)
        {
            _alpha[i] = _targets[i] - kernel.Mean;
        }

        double value = 0.5 * Count * Math.Log(2.0 * Math.PI);
        TriangularSolve.Forward(_factor, Count, _alpha);
        for (int i = 0; i < Count; i++)
        {
            value += (0.5 * _alpha[i] * _alpha[i]) + Math.Log(_factor[(i * Count) + i]);
        }

        TriangularSolve.Backward(_factor, Count, _alpha);
        TriangularSolve.Invert(_factor, Count, _work, _inverse, _threads);
        Tiles.ForEach(Count, RowsInTask, _threads, (start, rows) => DifferentiateRows(kernel, start, rows));
        SumSlopes(kernel, hyperparameters, hyperparameterGradient);
        for (int i = 0; i < embeddingGradient.Length; i++)
        {
            embeddingGradient[i] = _scaledGradient[i] / kernel.Lengthscales[i % _layout.Dimension];
        }

        return value;
    }

    private void FillRows(KernelParameters kernel, int start, int rows)
    {
        Span<double> point = stackalloc double[_layout.Dimension];
        Span<double> covariances = PanelScratch<double>.Rent(_coordinates.Stride);
        for (int i = start; i < start + rows; i++)
        {
            Span<double> slopes = SlopesOf(i);
            _coordinates.CopyPoint(i, point);
            _coordinates.SquaredDistances(point, 0, covariances);
            VectorKernels.Limit(Negligible.FarSquared, covariances);
            KernelFunction.CovariancesAndSlopes(kernel.Kind, kernel.Variance, covariances, slopes);
            Negligible.Clear(covariances, Negligible.Relative * kernel.Variance);
            Negligible.Clear(slopes, Negligible.Relative * kernel.Variance);
            covariances[..Count].CopyTo(_matrix.AsSpan(i * Count));
            slopes[Count..].Clear();
            _matrix[(i * Count) + i] += kernel.NoiseVariance + _errorVariances[i];
        }
    }

    private void DifferentiateRows(KernelParameters kernel, int start, int rows)
    {
        int dimension = _layout.Dimension;
        Span<double> point = stackalloc double[dimension];
        for (int i = start; i < start + rows; i++)
        {
            Span<double> weights = SlopesOf(i);
            double noise = kernel.NoiseVariance + _errorVariances[i];
            _varianceSlopes[i] = Weigh(i, weights[..Count]) - (DiagonalOf(i) * noise);
            _coordinates.CopyPoint(i, point);
            for (int d = 0; d < dimension; d++)
            {
                (double first, double second) = Moments(weights, _coordinates.AllOf(d), point[d]);
                _scaledGradient[(i * dimension) + d] = -4.0 * first;
                _lengthscaleSlopes[(i * dimension) + d] = -2.0 * second;
            }
        }
    }

    // Row by row in their order, whoever computed them.
    private void SumSlopes(KernelParameters kernel, ReadOnlySpan<double> hyperparameters, Span<double> gradient)
    {
        gradient.Clear();
        double noiseSlope = 0.0;
        for (int i = 0; i < Count; i++)
        {
            gradient[_layout.VarianceIndex] += _varianceSlopes[i];
            gradient[_layout.MeanIndex] -= _alpha[i];
            noiseSlope += DiagonalOf(i);
            for (int d = 0; d < _layout.Dimension; d++)
            {
                gradient[_layout.GroupOf(d)] += _lengthscaleSlopes[(i * _layout.Dimension) + d];
            }
        }

        gradient[_layout.NoiseIndex] = noiseSlope * Math.Exp(hyperparameters[_layout.NoiseIndex]);
    }

    private Span<double> SlopesOf(int row) => _slopes.AsSpan(row * _coordinates.Stride, _coordinates.Stride);

    // G's diagonal element.
    private double DiagonalOf(int row) => 0.5 * (_inverse[(row * Count) + row] - (_alpha[row] * _alpha[row]));

    /// <summary>Multiplies slopes by G's row; Σ G·A over the row.</summary>
    private double Weigh(int row, Span<double> slopes)
    {
        ReadOnlySpan<double> inverse = _inverse.AsSpan(row * Count, Count), matrix = _matrix.AsSpan(row * Count, Count);
        double alpha = _alpha[row];
        Span<Vector<double>> weights = MemoryMarshal.Cast<double, Vector<double>>(slopes);
        ReadOnlySpan<Vector<double>> i = MemoryMarshal.Cast<double, Vector<double>>(inverse)[..weights.Length];
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(_alpha)[..weights.Length];
        ReadOnlySpan<Vector<double>> k = MemoryMarshal.Cast<double, Vector<double>>(matrix)[..weights.Length];
        Vector<double> sums = Vector<double>.Zero;
        for (int v = 0; v < weights.Length; v++)
        {
            Vector<double> outer = (i[v] - (a[v] * alpha)) * 0.5;
            sums = Vector.FusedMultiplyAdd(outer, k[v], sums);
            weights[v] *= outer;
        }

        double sum = Vector.Sum(sums);
        for (int j = weights.Length * Vector<double>.Count; j < slopes.Length; j++)
        {
            double outer = 0.5 * (inverse[j] - (alpha * _alpha[j]));
            sum += outer * matrix[j];
            slopes[j] *= outer;
        }

        return sum;
    }

    /// <summary>Σ w·(x − c) and Σ w·(x − c)²; the weights' padding is 0.</summary>
    private static (double First, double Second) Moments(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> coordinates, double centre)
    {
        ReadOnlySpan<Vector<double>> w = MemoryMarshal.Cast<double, Vector<double>>(weights);
        ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(coordinates)[..w.Length];
        Vector<double> c = new(centre), first = Vector<double>.Zero, second = Vector<double>.Zero;
        for (int i = 0; i < w.Length; i++)
        {
            Vector<double> difference = x[i] - c;
            Vector<double> weighted = w[i] * difference;
            first += weighted;
            second = Vector.FusedMultiplyAdd(weighted, difference, second);
        }

        return (Vector.Sum(first), Vector.Sum(second));
    }
}
