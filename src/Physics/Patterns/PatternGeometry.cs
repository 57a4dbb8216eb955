using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns;

/// <summary>Reads places, turns and vectors from a specification.</summary>
internal static class PatternGeometry
{
    /// <summary>The optic axis; the middle of a detector lies between pixels where their number is even.</summary>
    public static PatternPoint CentreOf(ScalarizerSpec spec, GridShape shape) =>
        spec.Find(PatternParameters.Centre) is { } centre
            ? new PatternPoint(centre.Row, centre.Column)
            : new PatternPoint((shape.Rows - 1) / 2.0, (shape.Columns - 1) / 2.0);

    public static ScanFrame FrameOf(ScalarizerSpec spec) => new(
        spec.Get(PatternParameters.ScanRotation), spec.Get(PatternParameters.Transposed) == "exchanged");

    public static DescanPlane DescanOf(ScalarizerSpec spec) =>
        spec.TryGet(PatternParameters.Descan, out NumberList? plane)
            ? new DescanPlane(plane[0], plane[1], plane[2], plane[3], plane[4], plane[5])
            : default;

    public static Lattice ReferenceOf(ScalarizerSpec spec)
    {
        DetectorPoint a = spec.Get(DiscParameters.ReferenceA), b = spec.Get(DiscParameters.ReferenceB);
        return new Lattice(new LatticeVector(a.Column, a.Row), new LatticeVector(b.Column, b.Row));
    }

    /// <summary>Two vectors on one line span no lattice.</summary>
    public static string? ProblemOfReference(ScalarizerSpec spec)
    {
        Lattice reference = ReferenceOf(spec);
        return Math.Abs(reference.Area) > 0.05 * reference.A.Length * reference.B.Length && reference.Area != 0
            ? null
            : "referenceA and referenceB lie on one line and span no lattice";
    }
}
