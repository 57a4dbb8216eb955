using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Distance of neighbouring discs: the shortest vector of their lattice.</summary>
internal static class DiscSeparation
{
    /// <summary>Length in px with its counting error.</summary>
    public static Measured Of(LatticeFit fit)
    {
        if (fit.Finding.IsBad)
        {
            return Measured.Bad(fit.Finding);
        }

        Lattice reduced = fit.Lattice.Reduced();
        LatticeVector shortest = reduced.A.Length <= reduced.B.Length ? reduced.A : reduced.B;
        (double h, double k) = fit.Lattice.IndexOf(shortest);
        (h, k) = (Math.Round(h), Math.Round(k));
        double x = shortest.X / shortest.Length, y = shortest.Y / shortest.Length;
        ReadOnlySpan<double> slopes = [h * x, h * y, k * x, k * y];
        return Measured.Of(shortest.Length, Math.Sqrt(fit.Covariance.Along(slopes)), fit.Finding);
    }
}
