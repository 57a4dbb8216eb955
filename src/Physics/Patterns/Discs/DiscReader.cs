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
        double? trench = spec.Find(DiscParameters.Trench);
        ProbeTemplate template = spec.TryGet(DiscParameters.Probe, out ReferenceArray? probe)
            ? ProbeTemplate.Measured(ArrayShapes.Fitting(probe, shape), shape, trench)
            : ProbeTemplate.Synthetic(
                shape, spec.Get(DiscParameters.DiscRadius), spec.Get(DiscParameters.DiscEdge), trench);
        return new DiscFinder(template, DiscParameters.OptionsOf(spec), spec.Find(SpectrumParameters.Saturation));
    }
}
