using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Spectra.Components;

/// <summary>
/// How much a spectrum x is like a reference r: cos = x·r / (|x||r|), Pearson's correlation (the same after both means
/// are subtracted), or the spectral angle arccos(cos) in degrees, which brightness does not change.
/// </summary>
internal sealed class Similarity(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "similarity", 1, FrameNeed.Spectrum, "Likeness of the spectrum and a reference spectrum.",
        [
            SpectrumParameters.ReferenceSpectrum, SpectrumParameters.Measure, SpectrumParameters.CompareWindow,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new Similarity(spec),
        Label = static spec => $"{spec.Get(SpectrumParameters.Measure)} with the reference",
        Check = static spec => spec.Get(SpectrumParameters.ReferenceSpectrum).Values.Span.ContainsAnyExcept(0f)
            ? null
            : "the reference spectrum is zero everywhere",
    };

    private readonly double[] _reference = Array.ConvertAll(
        spec.Get(SpectrumParameters.ReferenceSpectrum).Values.ToArray(), static value => (double)value);
    private readonly string _measure = spec.Get(SpectrumParameters.Measure);
    private readonly EnergyWindow? _window = spec.Find(SpectrumParameters.CompareWindow);

    public override string Unit => _measure == "angle" ? "deg" : "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        int first = 0, length = spectrum.Length;
        if (_window is { } window && spectrum.Open(window, out first, out length) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        if (spectrum.Length != _reference.Length)
        {
            return ScalarResult.Bad(
                $"The spectrum has {spectrum.Length} channels, and the reference {_reference.Length}.");
        }

        ReadOnlySpan<double> counts = spectrum.Counts.Slice(first, length);
        ReadOnlySpan<double> reference = _reference.AsSpan(first, length);
        bool isCentred = _measure == "correlation";
        double mean = isCentred ? Mean(counts) : 0, referenceMean = isCentred ? Mean(reference) : 0;
        double product = 0, square = 0, referenceSquare = 0;
        for (int i = 0; i < length; i++)
        {
            double x = counts[i] - mean, r = reference[i] - referenceMean;
            product += x * r;
            square += x * x;
            referenceSquare += r * r;
        }

        if (!(square > 0) || !(referenceSquare > 0))
        {
            return ScalarResult.Bad("Spectrum or reference is flat or no number: there is nothing to compare.");
        }

        double norm = Math.Sqrt(square * referenceSquare);
        double cosine = Math.Clamp(product / norm, -1, 1);
        Span<double> gradient = spectrum.Scratch(0, length);
        for (int i = 0; i < length; i++)
        {
            gradient[i] = ((reference[i] - referenceMean) / norm) - (cosine * (counts[i] - mean) / square);
        }

        // Where spectrum and reference are nearly alike, the slopes are mostly noise. Taking them from the same noisy
        // counts adds Σv²/|x|⁴ to the variance, of which curvature, left out at first order, really gives half.
        double ofNoise = 0;
        for (int i = 0; i < length; i++)
        {
            double share = cosine * spectrum.Variances[first + i] / square;
            ofNoise += 0.5 * share * share;
        }

        double error = Math.Sqrt(Math.Max(spectrum.VarianceOf(first, gradient) - ofNoise, ofNoise));
        if (_measure != "angle")
        {
            return spectrum.ResultOf(cosine, error);
        }

        // Where both are the same, the angle is as large as the noise, and no derivative exists.
        double sine = Math.Sqrt(Math.Max(1 - (cosine * cosine), 0));
        const double Degrees = 180 / Math.PI;
        return spectrum.ResultOf(
            Math.Acos(cosine) * Degrees, (sine > error ? error / sine : Math.Sqrt(2 * error)) * Degrees);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
