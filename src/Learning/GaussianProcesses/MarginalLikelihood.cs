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
internal sealed class MarginalLikelihood
{
    private readonly HyperparameterLayout _layout;
    private readonly double[] _targets;
    private readonly double[] _errorVariances;
    private readonly double[] _matrix;
    private readonly double[] _factor;
    private readonly double[] _work;
    private readonly double[] _inverse;
    private readonly double[] _slopes;
    private readonly double[] _alpha;

    /// <param name="layout">Where the hyperparameters lie.</param>
    /// <param name="targets">N standardised targets.</param>
    /// <param name="errorVariances">N squared standard errors of the observations, standardised.</param>
    public MarginalLikelihood(HyperparameterLayout layout, double[] targets, double[] errorVariances)
    {
        _layout = layout;
        _targets = targets;
        _errorVariances = errorVariances;
        int n = targets.Length;
        _matrix = new double[n * n];
        _factor = new double[n * n];
        _work = new double[n * n];
        _inverse = new double[n * n];
        _slopes = new double[n * n];
        _alpha = new double[n];
    }

    private int Count => _targets.Length;

    /// <summary>Jitter that the last evaluation needed on the diagonal.</summary>
    public double Jitter { get; private set; }

    /// <param name="embedding">N × d, row-major.</param>
    /// <param name="hyperparameters">In the layout's order.</param>
    /// <param name="hyperparameterGradient">Receives the slopes, in the layout's order.</param>
    /// <param name="embeddingGradient">Receives N × d slopes, or is empty when they are not wanted.</param>
    /// <returns>L in nats (not per point), or NaN if A does not factorise.</returns>
    public double Evaluate(
        ReadOnlySpan<float> embedding, ReadOnlySpan<double> hyperparameters, Span<double> hyperparameterGradient,
        Span<double> embeddingGradient)
    {
        KernelParameters kernel = _layout.Parameters(hyperparameters);
        var coordinates = new ScaledCoordinates(embedding, kernel.Lengthscales.AsSpan());
        FillMatrix(coordinates, kernel);
        if (!Cholesky.TryFactoriseWithJitter(_matrix, Count, _factor, out double jitter))
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
        TriangularSolve.Invert(_factor, Count, _work, _inverse);
        Differentiate(coordinates, kernel, hyperparameters, hyperparameterGradient, embeddingGradient);
        return value;
    }

    private void FillMatrix(ScaledCoordinates coordinates, KernelParameters kernel)
    {
        double[] row = new double[coordinates.Stride];
        double[] slopes = new double[coordinates.Stride];
        Span<double> point = new double[coordinates.Dimension];
        for (int i = 0; i < Count; i++)
        {
            coordinates.CopyPoint(i, point);
            coordinates.SquaredDistances(point, 0, row);
            KernelFunction.CovariancesAndSlopes(kernel.Kind, kernel.Variance, row, slopes);
            row.AsSpan(0, Count).CopyTo(_matrix.AsSpan(i * Count));
            slopes.AsSpan(0, Count).CopyTo(_slopes.AsSpan(i * Count));
            _matrix[(i * Count) + i] += kernel.NoiseVariance + _errorVariances[i];
        }
    }

    private void Differentiate(
        ScaledCoordinates coordinates, KernelParameters kernel, ReadOnlySpan<double> hyperparameters,
        Span<double> gradient, Span<double> embeddingGradient)
    {
        gradient.Clear();
        double[] scaledGradient = new double[coordinates.Dimension * Count];
        double[] radial = new double[coordinates.Stride];
        double varianceSlope = 0.0, noiseSlope = 0.0, meanSlope = 0.0;
        Span<double> point = new double[coordinates.Dimension];
        for (int i = 0; i < Count; i++)
        {
            Span<double> weights = radial.AsSpan(0, Count);
            for (int j = 0; j < Count; j++)
            {
                double outer = 0.5 * (_inverse[(i * Count) + j] - (_alpha[i] * _alpha[j]));
                varianceSlope += outer * _matrix[(i * Count) + j];
                weights[j] = outer * _slopes[(i * Count) + j];
            }

            double diagonal = 0.5 * (_inverse[(i * Count) + i] - (_alpha[i] * _alpha[i]));
            varianceSlope -= diagonal * (kernel.NoiseVariance + _errorVariances[i]);
            noiseSlope += diagonal;
            meanSlope -= _alpha[i];
            coordinates.CopyPoint(i, point);
            for (int d = 0; d < coordinates.Dimension; d++)
            {
                (double first, double second) = Moments(radial, coordinates.AllOf(d), point[d]);
                scaledGradient[(d * Count) + i] = -4.0 * first;
                gradient[_layout.GroupOf(d)] -= 2.0 * second;
            }
        }

        gradient[_layout.VarianceIndex] = varianceSlope;
        gradient[_layout.NoiseIndex] = noiseSlope * Math.Exp(hyperparameters[_layout.NoiseIndex]);
        gradient[_layout.MeanIndex] = meanSlope;
        for (int i = 0; i < embeddingGradient.Length; i++)
        {
            int d = i % coordinates.Dimension;
            embeddingGradient[i] = scaledGradient[(d * Count) + (i / coordinates.Dimension)] / kernel.Lengthscales[d];
        }
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
