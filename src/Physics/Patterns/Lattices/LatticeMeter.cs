using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Finds the discs of a pattern and fits a lattice to them, as a specification tells.</summary>
internal sealed class LatticeMeter
{
    /// <summary>What it can be told.</summary>
    public static readonly ScalarizerParameter[] Parameters =
        [PatternParameters.Centre, .. DiscParameters.OfDiscs, SpectrumParameters.Saturation];

    private readonly DiscFinder _finder;
    private readonly LatticeFitter _fitter;

    /// <exception cref="ArgumentException">Template or options do not fit patterns of this shape.</exception>
    public LatticeMeter(ScalarizerSpec spec, GridShape shape, Lattice? start)
    {
        _finder = DiscReader.FinderOf(spec, shape);
        _fitter = new LatticeFitter(PatternGeometry.CentreOf(spec, shape), start);
    }

    public LatticeFit Fit(PatternFrame frame)
    {
        Span<Disc> discs = stackalloc Disc[_finder.MostDiscs];
        Finding finding = _finder.Find(frame.Counts.Span, frame.Shape, discs, out int count);
        if (finding.IsBad)
        {
            return LatticeFit.Bad(finding);
        }

        LatticeFit fit = _fitter.Fit(discs[..count]);
        return fit with { Finding = finding.And(fit.Finding) };
    }
}
