using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Strains;

/// <summary>Compares fitted lattices with a reference.</summary>
/// <param name="Reference">The discs' vectors without strain, in px of the detector; taken for exact.</param>
/// <param name="Frame">How the detector is turned against the scan.</param>
public sealed record StrainGauge(Lattice Reference, ScanFrame Frame = default)
{
    // Beyond this it is another lattice.
    private const double GreatestStrain = 0.2;

    // A square lattice looks the same after a quarter turn: of equal strains, the smaller turn is meant.
    private const double TurnWeight = 0.01;

    private const int MostIndex = 2;

    /// <summary>Strain of a fitted lattice, whatever vectors it is given by.</summary>
    public StrainResult Measure(LatticeFit fit)
    {
        if (fit.Finding.Quality == ScalarQuality.Bad)
        {
            return StrainResult.Bad(fit.Finding);
        }

        if (Reference.Area == 0 || !double.IsFinite(Reference.Area))
        {
            return StrainResult.Bad(Finding.Bad("The reference's vectors span no lattice."));
        }

        LatticeFit matched = Matched(fit);
        var strain = StrainTensor.Between(matched.Lattice, Reference, Frame);
        if (!(strain.Size < GreatestStrain))
        {
            return StrainResult.Bad(Finding.Bad(FormattableString.Invariant(
                $"The lattice {fit.Lattice.A}, {fit.Lattice.B} px does not resemble the reference {Reference.A}, ")
                + FormattableString.Invariant($"{Reference.B} px: their least strain is {strain.Size:F2}.")));
        }

        return WithErrors(matched, strain);
    }

    /// <summary>The fit by the vectors that correspond to the reference's.</summary>
    public LatticeFit Matched(LatticeFit fit)
    {
        double best = double.PositiveInfinity;
        ((int H, int K) a, (int H, int K) b) = ((1, 0), (0, 1));
        LatticeFit reduced = fit with { Lattice = fit.Lattice.Reduced() };
        (int H, int K) first = Indices(fit.Lattice, reduced.Lattice.A);
        (int H, int K) second = Indices(fit.Lattice, reduced.Lattice.B);
        const int Side = (2 * MostIndex) + 1;
        for (int i = 0; i < Side * Side * Side * Side; i++)
        {
            int p = (i % Side) - MostIndex, q = (i / Side % Side) - MostIndex;
            int r = (i / Side / Side % Side) - MostIndex, s = (i / Side / Side / Side) - MostIndex;
            // One cell, and the same handedness as the reference.
            if (Math.Abs((p * s) - (q * r)) != 1 || ((p * s) - (q * r)) * reduced.Lattice.Area * Reference.Area < 0)
            {
                continue;
            }

            var tried = new Lattice(reduced.Lattice.At(p, q), reduced.Lattice.At(r, s));
            var strain = StrainTensor.Between(tried, Reference, Frame);
            double turn = double.DegreesToRadians(strain.RotationDegrees);
            double cost = (strain.Size * strain.Size) + (TurnWeight * turn * turn);
            if (cost < best)
            {
                best = cost;
                a = ((p * first.H) + (q * second.H), (p * first.K) + (q * second.K));
                b = ((r * first.H) + (s * second.H), (r * first.K) + (s * second.K));
            }
        }

        return fit.By(a, b);
    }

    private static (int H, int K) Indices(Lattice lattice, LatticeVector vector)
    {
        (double h, double k) = lattice.IndexOf(vector);
        return ((int)Math.Round(h), (int)Math.Round(k));
    }

    // First order, with slopes from small changes of the four components.
    private StrainResult WithErrors(LatticeFit fit, StrainTensor strain)
    {
        Span<double> xx = stackalloc double[4], yy = stackalloc double[4], xy = stackalloc double[4];
        Span<double> turn = stackalloc double[4];
        (LatticeVector a, LatticeVector b) = (fit.Lattice.A, fit.Lattice.B);
        double step = 1e-5 * Math.Min(a.Length, b.Length);
        for (int i = 0; i < 4; i++)
        {
            var change = new LatticeVector(i % 2 == 0 ? step : 0, i % 2 == 0 ? 0 : step);
            Lattice up = i < 2 ? new Lattice(a + change, b) : new Lattice(a, b + change);
            Lattice down = i < 2 ? new Lattice(a - change, b) : new Lattice(a, b - change);
            var high = StrainTensor.Between(up, Reference, Frame);
            var low = StrainTensor.Between(down, Reference, Frame);
            xx[i] = (high.XX - low.XX) / (2 * step);
            yy[i] = (high.YY - low.YY) / (2 * step);
            xy[i] = (high.XY - low.XY) / (2 * step);
            turn[i] = Math.IEEERemainder(high.RotationDegrees - low.RotationDegrees, 360) / (2 * step);
        }

        return new StrainResult(
            Measured.Of(strain.XX, Math.Sqrt(fit.Covariance.Along(xx)), fit.Finding),
            Measured.Of(strain.YY, Math.Sqrt(fit.Covariance.Along(yy)), fit.Finding),
            Measured.Of(strain.XY, Math.Sqrt(fit.Covariance.Along(xy)), fit.Finding),
            Measured.Of(strain.RotationDegrees, Math.Sqrt(fit.Covariance.Along(turn)), fit.Finding), fit);
    }
}
