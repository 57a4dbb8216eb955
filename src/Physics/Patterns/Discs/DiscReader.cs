using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Makes what finds discs of a specification.</summary>
internal static class DiscReader
{
    /// <exception cref="ArgumentException">Template or options do not fit patterns of this shape.</exception>
    public static DiscFinder FinderOf(ScalarizerSpec spec, GridShape shape)
    {
        double? trench = spec.Find(DiscParameters.Trench) ?? OffNeighbours(spec);
        ProbeTemplate template = spec.TryGet(DiscParameters.Probe, out ReferenceArray? probe)
            ? ProbeTemplate.Measured(ArrayShapes.Fitting(probe, shape), shape, trench)
            : ProbeTemplate.Synthetic(
                shape, spec.Get(DiscParameters.DiscRadius), spec.Get(DiscParameters.DiscEdge), trench);
        return new DiscFinder(template, DiscParameters.OptionsOf(spec), spec.Find(SpectrumParameters.Saturation));
    }

    /// <summary>
    /// Where the trench ends by default: twice the radius, unless that reaches into the neighbours of a known lattice,
    /// which would pull discs away from the bright unscattered beam. Null where no lattice is given.
    /// </summary>
    private static double? OffNeighbours(ScalarizerSpec spec)
    {
        const double ShareOfSpacing = 0.45;
        if (spec.Find(DiscParameters.DiscRadius) is not { } radius
            || spec.Find(DiscParameters.ReferenceA) is not { } a || spec.Find(DiscParameters.ReferenceB) is not { } b)
        {
            return null;
        }

        double spacing = Math.Min(double.Hypot(a.Row, a.Column), double.Hypot(b.Row, b.Column));
        return Math.Clamp(ShareOfSpacing * spacing, radius + 1, Math.Max(2 * radius, radius + 1));
    }
}
