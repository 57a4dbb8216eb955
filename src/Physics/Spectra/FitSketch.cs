using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Backgrounds;
using DklActors.Physics.Spectra.Fitting;

namespace DklActors.Physics.Spectra;

/// <summary>
/// Collects the curves that are fitted while one spectrum is measured. There is none unless somebody looks, so that
/// measuring costs nothing more.
/// </summary>
internal sealed class FitSketch
{
    private readonly List<FittedCurve> _curves = [];
    private readonly List<BackgroundFit> _backgrounds = [];

    public IReadOnlyList<FittedCurve> Curves => _curves;

    /// <summary>Notes a background that is about to be subtracted from all channels that are left.</summary>
    public void Add(in Spectrum spectrum, BackgroundFit background)
    {
        double[] energies = EnergiesOf(in spectrum, 0, spectrum.Length);
        _backgrounds.Add(background);
        _curves.Add(new FittedCurve("background", energies, Array.ConvertAll(energies, Subtracted)));
    }

    /// <summary>Notes a peak fitted to some channels.</summary>
    public void Add<TModel>(in Spectrum spectrum, int first, int length, ReadOnlySpan<double> parameters)
        where TModel : struct, ICurveModel
    {
        double[] energies = EnergiesOf(in spectrum, first, length);
        double[] counts = new double[length];
        Span<double> slopes = stackalloc double[TModel.Count];
        for (int i = 0; i < length; i++)
        {
            counts[i] = TModel.Evaluate(energies[i], parameters, slopes) + Subtracted(energies[i]);
        }

        _curves.Add(new FittedCurve("fit", energies, counts));
    }

    private double Subtracted(double energy) => _backgrounds.Sum(background => background.At(energy));

    private static double[] EnergiesOf(in Spectrum spectrum, int first, int length)
    {
        double[] energies = new double[length];
        for (int i = 0; i < length; i++)
        {
            energies[i] = spectrum.EnergyOf(first + i);
        }

        return energies;
    }
}
