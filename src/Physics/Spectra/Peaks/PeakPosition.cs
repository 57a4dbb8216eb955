using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Fitting;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>
/// Energy of the maximum in a window: the vertex of the parabola fitted by least squares to the channels about the
/// largest that hold more than half of its height, or the centre of a fitted Lorentzian or Gaussian.
/// </summary>
internal sealed class PeakPosition(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "peak-position", 1, FrameNeed.Spectrum, "Energy of the maximum in the window.",
        [
            SpectrumParameters.Window, SpectrumParameters.PositionMethod, SpectrumParameters.Baseline,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new PeakPosition(spec),
        Label = static spec => $"position of the peak in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    // More would be the shape of the peak's feet, which no parabola has.
    private const int MostChannels = 201;
    private const int Passes = 5;

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);
    private readonly string _method = spec.Get(SpectrumParameters.PositionMethod);
    private readonly bool _hasLine = spec.Get(SpectrumParameters.Baseline) == "line";

    public override string Unit => "eV";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        double value, variance;
        string? problem = _method switch
        {
            "lorentzian" => PeakFit.Of<Lorentzian>(
                ref spectrum, _window, _hasLine, PeakFit.Centre, out value, out variance),
            "gaussian" => PeakFit.Of<Gaussian>(
                ref spectrum, _window, _hasLine, PeakFit.Centre, out value, out variance),
            _ => Vertex(ref spectrum, out value, out variance),
        };
        return problem is null ? spectrum.ResultOf(value, Math.Sqrt(variance)) : ScalarResult.Bad(problem);
    }

    private string? Vertex(ref Spectrum spectrum, out double value, out double variance)
    {
        (value, variance) = (double.NaN, double.NaN);
        if (PeakShape.Of(ref spectrum, _window, _hasLine, out PeakShape shape) is { } problem)
        {
            return problem;
        }

        double reach = ReachOf(in shape), centre = shape.Top, a = 0, b = 0;
        int first = 0;
        Span<double> slope = [], curvature = [];
        // The largest channel is one that happens to hold many counts: the parabola is put about its own vertex.
        for (int pass = 0; pass < Passes; pass++)
        {
            first = Math.Max(shape.First, (int)(centre - reach));
            int last = Math.Min(shape.First + shape.Length - 1, (int)(centre + reach) + 1);
            slope = spectrum.Scratch(1, last - first + 1);
            curvature = spectrum.Scratch(2, slope.Length);
            Estimators(centre - first, reach, slope, curvature);
            (a, b) = (0, 0);
            for (int i = 0; i < slope.Length; i++)
            {
                b += slope[i] * spectrum.Counts[first + i];
                a += curvature[i] * spectrum.Counts[first + i];
            }

            double vertex = -b / (2 * a);
            centre += vertex;
            if (!(a < 0) || Math.Abs(centre - shape.Top) > reach + 1
                || centre < shape.First || centre > shape.First + shape.Length - 1)
            {
                return $"The counts about the largest channel in {_window} do not curve down to both sides: "
                    + "there is no clear peak.";
            }
        }

        value = spectrum.EnergyOf(centre);
        for (int i = 0; i < slope.Length; i++)
        {
            slope[i] = ((-slope[i] / (2 * a)) + (b * curvature[i] / (2 * a * a))) * spectrum.Dispersion;
        }

        variance = spectrum.VarianceOf(first, slope);
        return null;
    }

    /// <summary>Channels on either side of the largest, alike, so that a skew foot does not pull.</summary>
    private static double ReachOf(in PeakShape shape)
    {
        double left = double.IsNaN(shape.Left) ? double.PositiveInfinity : shape.Top - shape.Left;
        double right = double.IsNaN(shape.Right) ? double.PositiveInfinity : shape.Right - shape.Top;
        double reach = Math.Min(left, right);
        return Math.Clamp(double.IsFinite(reach) ? reach : shape.Length / 4.0, 1.5, MostChannels / 2.0);
    }

    /// <summary>
    /// Weights by which counts add up to b and a of a·x² + b·x + c, fitted by least squares; x counts channels from
    /// <paramref name="origin"/>. Channels at the end of the reach count in part, so that nothing jumps.
    /// </summary>
    private static void Estimators(double origin, double reach, Span<double> slope, Span<double> curvature)
    {
        var (s0, s1, s2, s3, s4) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (int i = 0; i < slope.Length; i++)
        {
            double x = i - origin, weight = Weight(x, reach);
            s0 += weight;
            s1 += weight * x;
            s2 += weight * x * x;
            s3 += weight * x * x * x;
            s4 += weight * x * x * x * x;
        }

        // Rows of the inverse of [[s4 s3 s2] [s3 s2 s1] [s2 s1 s0]].
        double m00 = (s2 * s0) - (s1 * s1), m01 = (s2 * s1) - (s3 * s0), m02 = (s3 * s1) - (s2 * s2);
        double m11 = (s4 * s0) - (s2 * s2), m12 = (s3 * s2) - (s4 * s1);
        double determinant = (s4 * m00) + (s3 * m01) + (s2 * m02);
        for (int i = 0; i < slope.Length; i++)
        {
            double x = i - origin, weight = Weight(x, reach) / determinant;
            curvature[i] = weight * ((m00 * x * x) + (m01 * x) + m02);
            slope[i] = weight * ((m01 * x * x) + (m11 * x) + m12);
        }
    }

    private static double Weight(double x, double reach) => Math.Clamp(reach + 0.5 - Math.Abs(x), 0, 1);
}
