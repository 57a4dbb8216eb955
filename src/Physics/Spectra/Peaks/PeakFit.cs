using DklActors.Messages.Frames;
using DklActors.Physics.Spectra.Fitting;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>A peak fitted in a window: one of its parameters with its variance.</summary>
internal static class PeakFit
{
    public const int Height = 0;
    public const int Centre = 1;
    public const int Width = 2;

    /// <summary>Parameters of the peak without those of the line below it.</summary>
    private const int OfPeak = 3;

    /// <summary>Fits a peak and gives one of its parameters.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="window">Where the peak is, with some of its surroundings.</param>
    /// <param name="hasLine">Whether it stands on a line that is fitted too, or on none.</param>
    /// <param name="wanted">Index of the parameter.</param>
    /// <param name="value">Its value, eV.</param>
    /// <param name="variance">Its variance, eV².</param>
    /// <returns>Why it could not be fitted; null where it could.</returns>
    public static string? Of<TModel>(
        ref Spectrum spectrum, EnergyWindow window, bool hasLine, int wanted, out double value, out double variance)
        where TModel : struct, ICurveModel
    {
        (value, variance) = (double.NaN, double.NaN);
        if (PeakShape.Of(ref spectrum, window, hasLine, out PeakShape start) is { } problem)
        {
            return problem;
        }

        Span<double> parameters = stackalloc double[TModel.Count];
        parameters.Clear();
        parameters[Centre] = spectrum.EnergyOf(start.Top);
        parameters[Width] = start.GuessWidth(spectrum.Dispersion);
        parameters[Height] = TModel.AmplitudeOf(start.Height, parameters[Centre], parameters[Width]);
        int free = OfPeak;
        if (TModel.Count > OfPeak && hasLine)
        {
            parameters[OfPeak] = start.Base;
            free = TModel.Count;
        }

        var fit = new CurveFit<TModel>(in spectrum, start.First, start.Length, parameters, free);
        if (fit.Run(in spectrum) is { } failure)
        {
            return failure;
        }

        // A negative width is the same curve.
        parameters[Width] = Math.Abs(parameters[Width]);
        spectrum.Sketch?.Add<TModel>(in spectrum, start.First, start.Length, parameters);
        if (parameters[Centre] < window.Low.Value || parameters[Centre] > window.High.Value)
        {
            return $"The fitted peak lies at {parameters[Centre]:G6} eV, outside of the window {window}.";
        }

        if (parameters[Height] <= 0)
        {
            return $"The fitted peak has a height of {parameters[Height]:G6} counts: there is none in {window}.";
        }

        Span<double> derivatives = stackalloc double[TModel.Count];
        derivatives.Clear();
        derivatives[wanted] = 1;
        value = parameters[wanted];
        variance = fit.VarianceOf(in spectrum, derivatives);
        return null;
    }
}
