using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>A lattice fitted to discs.</summary>
/// <param name="Origin">Where its node (0, 0) lies.</param>
/// <param name="Lattice">Its vectors.</param>
/// <param name="Covariance">Of the vectors, from the counting errors of the discs.</param>
/// <param name="DiscsUsed">Discs that lie on the lattice.</param>
/// <param name="DiscsLeft">Discs that do not.</param>
/// <param name="ResidualPixels">Root of the weighted mean square distance of the used discs from their nodes.</param>
/// <param name="Finding">Quality and reason.</param>
public readonly record struct LatticeFit(
    PatternPoint Origin, Lattice Lattice, LatticeCovariance Covariance, int DiscsUsed, int DiscsLeft,
    double ResidualPixels, Finding Finding)
{
    public static LatticeFit Bad(Finding finding) =>
        new(default, default, default, 0, 0, double.NaN, finding);

    public static LatticeFit Bad(string reason) => Bad(Finding.Bad(reason));

    /// <summary>The same lattice by other vectors, with integers h·A + k·B.</summary>
    public LatticeFit By((int H, int K) a, (int H, int K) b) => this with
    {
        Lattice = new Lattice(Lattice.At(a.H, a.K), Lattice.At(b.H, b.K)),
        Covariance = Covariance.Combined(a.H, a.K, b.H, b.K),
    };
}
