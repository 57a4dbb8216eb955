using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>
/// The kernel that discs are correlated with: a disc of sum 1 and, around it, a soft trench of sum −1, so that a level
/// background and its slopes cancel and a disc's edge counts (py4DSTEM, <c>get_probe_kernel_edge_sigmoid</c>; Savitzky
/// et al., Microsc. Microanal. 27, 712 (2021)). Immutable.
/// </summary>
public sealed class ProbeTemplate
{
    private const int HotPixels = 8;

    private ProbeTemplate(GridShape shape, float[] kernel, double radius, double reach)
    {
        Shape = shape;
        Radius = radius;
        Kernel = kernel;
        Transform = RealTransform.For(shape);
        Spectrum = Transform.NewSpectrum();
        var room = new TransformRoom(Transform);
        Transform.Forward(kernel, Spectrum, room);
        Noise = new KernelNoise(this, reach, room);
    }

    public GridShape Shape { get; }

    /// <summary>Radius of the disc in px.</summary>
    public double Radius { get; }

    /// <summary>The kernel about pixel (0, 0), wrapping around.</summary>
    internal float[] Kernel { get; }

    internal RealTransform Transform { get; }

    internal SplitComplex Spectrum { get; }

    internal KernelNoise Noise { get; }

    /// <summary>A disc with a soft edge: 1 / (1 + exp(4(r − R)/w)).</summary>
    /// <param name="shape">Shape of the patterns.</param>
    /// <param name="radius">Radius of the disc in px: convergence angle over angle per px.</param>
    /// <param name="edgeWidth">Width w of its edge in px.</param>
    /// <param name="trenchOuterRadius">Where the trench ends, in px; null: twice the radius; 0: no trench.</param>
    /// <exception cref="ArgumentException">The disc has no extent or does not fit the pattern.</exception>
    public static ProbeTemplate Synthetic(
        GridShape shape, double radius, double edgeWidth = 2, double? trenchOuterRadius = null)
    {
        if (!(radius > 0.5 && edgeWidth > 0 && 2 * radius < Math.Min(shape.Rows, shape.Columns)))
        {
            throw new ArgumentException(
                $"A disc of radius {radius} px with an edge of {edgeWidth} px does not fit a pattern of {shape}; the "
                + "radius must be above 0.5 px and the disc smaller than the pattern.", nameof(radius));
        }

        double[] probe = Radial(shape, r => 1 / (1 + Math.Exp(4 * (r - radius) / edgeWidth)));
        return Of(shape, probe, radius, trenchOuterRadius);
    }

    /// <summary>A measured probe in vacuum, moved so that its centre of mass is the origin.</summary>
    /// <param name="counts">The pattern of the probe without a specimen.</param>
    /// <param name="shape">Its shape, which is that of the patterns.</param>
    /// <param name="trenchOuterRadius">
    /// Where the trench ends, in px; null: twice the radius of the area above half of the height; 0: none.
    /// </param>
    /// <exception cref="ArgumentException">The pattern cannot be used; the message tells why.</exception>
    public static ProbeTemplate Measured(
        ReadOnlySpan<float> counts, GridShape shape, double? trenchOuterRadius = null)
    {
        var everywhere = PatternMask.All(shape);
        CentreOfMass centre = new CentreOfMassMeter(everywhere, default).Measure(counts, shape);
        if (centre.Finding is { IsBad: true, Reason: var reason })
        {
            throw new ArgumentException($"The pattern of the probe cannot be a template: {reason}", nameof(counts));
        }

        // A second round within what the first takes for the probe, free of what lies far out.
        double radius = RadiusOf(counts);
        var around = PatternMask.Disc(shape, new PatternPoint(centre.Y, centre.X), Math.Max(2 * radius, 2));
        centre = new CentreOfMassMeter(around, default).Measure(counts, shape);
        double[] probe = ImageShift.ToOrigin(counts, shape, centre.Y, centre.X);
        return Of(shape, probe, radius, trenchOuterRadius);
    }

    private static ProbeTemplate Of(GridShape shape, double[] probe, double radius, double? trenchOuterRadius)
    {
        double outer = trenchOuterRadius ?? 2 * radius, sum = probe.Sum();
        double[] kernel = [.. probe.Select(value => value / sum)];
        double reach = radius + 4;
        if (outer > radius)
        {
            double middle = (radius + outer) / 2, width = (outer - radius) / 4;
            double[] trench = Radial(shape, r => 1 / (1 + Math.Exp((r - middle) / width)));
            double trenchSum = trench.Sum();
            kernel = [.. kernel.Select((value, i) => value - (trench[i] / trenchSum))];
            reach = middle + (6 * width);
        }

        return new ProbeTemplate(shape, [.. kernel.Select(static value => (float)value)], radius, reach);
    }

    private static double[] Radial(GridShape shape, Func<double, double> profile)
    {
        double[] image = new double[shape.Count];
        for (int i = 0; i < image.Length; i++)
        {
            int row = i / shape.Columns, column = i % shape.Columns;
            image[i] = profile(double.Hypot(Math.Min(row, shape.Rows - row), Math.Min(column, shape.Columns - column)));
        }

        return image;
    }

    // Of the pixels above half of the highest, of which a few may be hot.
    private static double RadiusOf(ReadOnlySpan<float> counts)
    {
        float[] sorted = counts.ToArray();
        Array.Sort(sorted);
        float half = sorted[Math.Max(sorted.Length - HotPixels, 0)] / 2;
        return Math.Sqrt(sorted.Count(count => count > half) / Math.PI);
    }
}
