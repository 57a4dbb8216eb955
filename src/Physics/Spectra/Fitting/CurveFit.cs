using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>
/// Weighted least squares by Levenberg and Marquardt, with the scaling of Marquardt (1963), on channels of a spectrum.
/// Allocates nothing.
/// </summary>
/// <remarks>
/// Weights are the inverse variances, averaged over five channels: each channel's own would pull the fit to channels
/// that happen to hold few counts. The error of a fitted quantity q is that of the linear estimator it amounts to,
/// δq = ∇q·N⁻¹JᵀW δc, whatever the counts' variances and shared errors are.
/// </remarks>
internal ref struct CurveFit<TModel>
    where TModel : struct, ICurveModel
{
    private const int MostIterations = 60;
    private const double SmallStep = 1e-9;

    // Of χ², whose change by one is a standard error: what is left to gain is a thousandth of it.
    private const double SmallGain = 1e-6;
    private const int WeightReach = 2;
    private const int MostParameters = 8;

    private readonly int _first;
    private readonly int _free;
    private readonly Span<double> _weights;
    private readonly Span<double> _parameters;
    private Normals _normals;

    /// <param name="spectrum">What is fitted.</param>
    /// <param name="first">First channel.</param>
    /// <param name="length">Number of channels.</param>
    /// <param name="parameters">Start values; the fit's result afterwards.</param>
    /// <param name="free">How many of them are fitted, from the first; the others stay.</param>
    public CurveFit(in Spectrum spectrum, int first, int length, Span<double> parameters, int free)
    {
        _first = first;
        _free = free;
        _parameters = parameters;
        _weights = spectrum.Scratch(1, length);
        ReadOnlySpan<double> variances = spectrum.Variances.Slice(first, length);
        for (int i = 0; i < length; i++)
        {
            int from = Math.Max(0, i - WeightReach), to = Math.Min(length - 1, i + WeightReach);
            double sum = 0;
            for (int j = from; j <= to; j++)
            {
                sum += variances[j];
            }

            _weights[i] = 1 / Math.Max(sum / (to - from + 1), 1);
        }
    }

    /// <summary>Fits.</summary>
    /// <returns>Why it did not succeed; null where it did.</returns>
    public string? Run(in Spectrum spectrum)
    {
        Span<double> trial = stackalloc double[MostParameters];
        Span<double> step = stackalloc double[MostParameters];
        trial = trial[.._parameters.Length];
        step = step[.._free];
        double damping = 1e-3;
        double misfit = Build(in spectrum, _parameters, ref _normals);
        Normals next = default;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            if (!_normals.TrySolve(damping, step))
            {
                damping = Math.Max(damping * 10, 1e-3);
                continue;
            }

            _parameters.CopyTo(trial);
            double largest = 0;
            for (int k = 0; k < _free; k++)
            {
                trial[k] += step[k];
                largest = Math.Max(largest, Math.Abs(step[k]) / (Math.Abs(trial[k]) + 1e-12));
            }

            double tried = Build(in spectrum, trial, ref next);
            if (tried <= misfit)
            {
                trial.CopyTo(_parameters);
                _normals = next;
                bool isDone = largest < SmallStep || misfit - tried <= SmallGain;
                misfit = tried;
                damping = Math.Max(damping * 0.1, 1e-12);
                if (isDone)
                {
                    return null;
                }
            }
            else if (largest < SmallStep)
            {
                return null;
            }
            else
            {
                damping *= 10;
            }
        }

        return $"The fit of a {typeof(TModel).Name} did not converge in {MostIterations} iterations.";
    }

    /// <summary>
    /// Variance of a quantity whose derivatives by the parameters are given; NaN where none is known.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double VarianceOf(in Spectrum spectrum, scoped ReadOnlySpan<double> derivatives)
    {
        Span<double> solved = stackalloc double[MostParameters];
        Span<double> slopes = stackalloc double[MostParameters];
        solved = solved[.._free];
        if (!_normals.TrySolve(0, derivatives[.._free], solved))
        {
            return double.NaN;
        }

        Span<double> gradient = spectrum.Scratch(2, _weights.Length);
        for (int i = 0; i < gradient.Length; i++)
        {
            _ = TModel.Evaluate(spectrum.EnergyOf(_first + i), _parameters, slopes);
            double sum = 0;
            for (int k = 0; k < _free; k++)
            {
                sum += solved[k] * slopes[k];
            }

            gradient[i] = sum * _weights[i];
        }

        return spectrum.VarianceOf(_first, gradient);
    }

    // Compiled with all optimisations at once: a run may need its first fits as quickly as its last.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly double Build(in Spectrum spectrum, scoped ReadOnlySpan<double> parameters, ref Normals normals)
    {
        Span<double> slopes = stackalloc double[MostParameters];
        normals.Clear(_free);
        double misfit = 0;
        ReadOnlySpan<double> counts = spectrum.Counts.Slice(_first, _weights.Length);
        for (int i = 0; i < counts.Length; i++)
        {
            double residual = counts[i] - TModel.Evaluate(spectrum.EnergyOf(_first + i), parameters, slopes);
            double weight = _weights[i];
            misfit += weight * residual * residual;
            normals.Add(slopes, weight, residual);
        }

        return double.IsFinite(misfit) ? misfit : double.PositiveInfinity;
    }
}
