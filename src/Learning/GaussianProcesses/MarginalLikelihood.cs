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
    private readonly double[][] _slopes;

    // Each term's covariances, where there are several.
    private readonly double[][] _shares;
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
        _slopes = Matrices(layout.TermCount, n * _coordinates.Stride);
        _shares = Matrices(layout.TermCount > 1 ? layout.TermCount : 0, n * n);
        _scaledGradient = new double[n * layout.Dimension];
        _lengthscaleSlopes = new double[n * layout.Dimension];
        _varianceSlopes = new double[n * layout.TermCount];
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

    private static double[][] Matrices(int count, int size)
    {
        double[][] matrices = new double[count][];
        for (int i = 0; i < count; i++)
        {
            matrices[i] = new double[size];
        }

        return matrices;
    }

    private void FillRows(KernelParameters kernel, int start, int rows)
    {
        Span<double> point = stackalloc double[_layout.Dimension];
        Span<double> covariances = PanelScratch<double>.Rent(_coordinates.Stride);
        for (int i = start; i < start + rows; i++)
        {
            Span<double> sum = _matrix.AsSpan(i * Count, Count);
            _coordinates.CopyPoint(i, point);
            for (int t = 0; t < _slopes.Length; t++)
            {
                KernelTerm term = kernel.Terms[t];
                Span<double> slopes = SlopesOf(t, i);
                _coordinates.SquaredDistances(point, term, 0, covariances);
                VectorKernels.Limit(Negligible.FarSquared, covariances);
                KernelFunction.CovariancesAndSlopes(kernel.Kind, term.Variance, covariances, slopes);
                Negligible.Clear(covariances, Negligible.Relative * term.Variance);
                Negligible.Clear(slopes, Negligible.Relative * term.Variance);
                slopes[Count..].Clear();
                if (t == 0)
                {
                    covariances[..Count].CopyTo(sum);
                }
                else
                {
                    VectorKernels.AddScaled(1.0, covariances[..Count], sum);
                }

                if (_shares.Length > 0)
                {
                    covariances[..Count].CopyTo(ShareOf(t, i));
                }
            }

            sum[i] += kernel.NoiseVariance + _errorVariances[i];
        }
    }

    private void DifferentiateRows(KernelParameters kernel, int start, int rows)
    {
        int dimension = _layout.Dimension;
        Span<double> point = stackalloc double[dimension];
        for (int i = start; i < start + rows; i++)
        {
            _coordinates.CopyPoint(i, point);
            for (int t = 0; t < _slopes.Length; t++)
            {
                KernelTerm term = kernel.Terms[t];
                Span<double> weights = SlopesOf(t, i);
                _varianceSlopes[(t * Count) + i] = WeighTerm(kernel, t, i, weights[..Count]);
                for (int d = term.FirstDimension; d < term.FirstDimension + term.DimensionCount; d++)
                {
                    (double first, double second) = Moments(weights, _coordinates.AllOf(d), point[d]);
                    _scaledGradient[(i * dimension) + d] = -4.0 * first;
                    _lengthscaleSlopes[(i * dimension) + d] = -2.0 * second;
                }
            }
        }
    }

    // Where there is one term, the matrix is its covariances and the noise.
    private double WeighTerm(KernelParameters kernel, int term, int row, Span<double> slopes) => _shares.Length > 0
        ? Weigh(row, ShareOf(term, row), slopes)
        : Weigh(row, _matrix.AsSpan(row * Count, Count), slopes)
            - (DiagonalOf(row) * (kernel.NoiseVariance + _errorVariances[row]));

    // Row by row in their order, whoever computed them.
    private void SumSlopes(KernelParameters kernel, ReadOnlySpan<double> hyperparameters, Span<double> gradient)
    {
        gradient.Clear();
        double noiseSlope = 0.0;
        for (int i = 0; i < Count; i++)
        {
            for (int t = 0; t < _slopes.Length; t++)
            {
                gradient[_layout.VarianceIndex + t] += _varianceSlopes[(t * Count) + i];
            }

            gradient[_layout.MeanIndex] -= _alpha[i];
            noiseSlope += DiagonalOf(i);
            for (int d = 0; d < _layout.Dimension; d++)
            {
                gradient[_layout.GroupOf(d)] += _lengthscaleSlopes[(i * _layout.Dimension) + d];
            }
        }

        gradient[_layout.NoiseIndex] = noiseSlope * Math.Exp(hyperparameters[_layout.NoiseIndex]);
    }

    private Span<double> SlopesOf(int term, int row) =>
        _slopes[term].AsSpan(row * _coordinates.Stride, _coordinates.Stride);

    private Span<double> ShareOf(int term, int row) => _shares[term].AsSpan(row * Count, Count);

    // G's diagonal element.
    private double DiagonalOf(int row) => 0.5 * (_inverse[(row * Count) + row] - (_alpha[row] * _alpha[row]));

    /// <summary>Multiplies slopes by G's row; Σ G·K over the row.</summary>
    private double Weigh(int row, ReadOnlySpan<double> matrix, Span<double> slopes)
    {
        ReadOnlySpan<double> inverse = _inverse.AsSpan(row * Count, Count);
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
