using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;

namespace DklActors.Physics.Patterns.Strains;

/// <summary>Strain of one pattern with its counting errors.</summary>
public readonly record struct StrainResult(
    Measured XX, Measured YY, Measured XY, Measured RotationDegrees, LatticeFit Fit)
{
    public static StrainResult Bad(Finding finding) => new(
        Measured.Bad(finding), Measured.Bad(finding), Measured.Bad(finding), Measured.Bad(finding),
        LatticeFit.Bad(finding));
}
