using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Grains;

/// <summary>Orientation of the grain that a lattice of discs belongs to, and which of known grains it is.</summary>
/// <remarks>
/// The lattice's shortest vectors that its symmetry makes equal (one, two or three for a symmetry of 2, 4 or 6) are
/// averaged as exp(i·n·φ); the angle is known but for turns of 360°/n.
/// </remarks>
/// <param name="Symmetry">Turns n under which the lattice looks the same: 2, 4 or 6.</param>
/// <param name="Frame">How the detector is turned against the scan.</param>
public sealed record GrainOrientation(int Symmetry, ScanFrame Frame = default)
{
    // Vectors that symmetry makes equal may differ by strain, not by more.
    private const double GreatestDifference = 0.12;

    /// <summary>The least turn that changes nothing, in degrees.</summary>
    public double PeriodDegrees => 360.0 / Symmetry;

    /// <summary>Direction of the lattice in degrees, 0 … 360/n, from x to y: clockwise on the screen.</summary>
    public Measured Angle(LatticeFit fit)
    {
        if (Symmetry is not (2 or 4 or 6))
        {
            return Measured.Bad($"A lattice of discs looks the same after 2, 4 or 6 turns, not {Symmetry}.");
        }

        if (fit.Finding.Quality == ScalarQuality.Bad)
        {
            return Measured.Bad(fit.Finding);
        }

        double angle = AngleOf(fit.Lattice, out double difference);
        Span<double> slopes = stackalloc double[4];
        (LatticeVector a, LatticeVector b) = (fit.Lattice.A, fit.Lattice.B);
        double step = 1e-6 * Math.Min(a.Length, b.Length);
        for (int i = 0; i < 4; i++)
        {
            var change = new LatticeVector(i % 2 == 0 ? step : 0, i % 2 == 0 ? 0 : step);
            Lattice moved = i < 2 ? new Lattice(a + change, b) : new Lattice(a, b + change);
            slopes[i] = Math.IEEERemainder(AngleOf(moved, out _) - angle, PeriodDegrees) / step;
        }

        Finding finding = difference > GreatestDifference
            ? fit.Finding.And(Finding.Suspect(FormattableString.Invariant(
                $"The lattice {a}, {b} px does not look the same after {Symmetry} turns: its vectors differ by ")
                + FormattableString.Invariant($"{difference:P0}.")))
            : fit.Finding;
        return Measured.Of(angle, Math.Sqrt(fit.Covariance.Along(slopes)), finding);
    }

    /// <summary>Turn against a given orientation in degrees, −180/n … 180/n.</summary>
    public Measured Misorientation(LatticeFit fit, double referenceDegrees)
    {
        Measured angle = Angle(fit);
        return angle with { Value = Math.IEEERemainder(angle.Value - referenceDegrees, PeriodDegrees) };
    }

    /// <summary>Which of given orientations is nearest: 1, 2, …</summary>
    /// <param name="fit">The lattice.</param>
    /// <param name="orientationsDegrees">Orientations of the grains.</param>
    /// <param name="toleranceDegrees">Greatest turn against the nearest; beyond it the grain is none of them.</param>
    /// <remarks>
    /// Standard error of a choice between the nearest two: √(p(1 − p)) times the difference of their numbers, with p
    /// the probability, by the error of the angle, that the other one is meant.
    /// </remarks>
    public Measured Identity(LatticeFit fit, ReadOnlySpan<double> orientationsDegrees, double toleranceDegrees)
    {
        Measured angle = Angle(fit);
        if (angle.Finding.IsBad)
        {
            return angle;
        }

        int nearest = -1, next = -1;
        double least = double.PositiveInfinity, second = double.PositiveInfinity;
        for (int i = 0; i < orientationsDegrees.Length; i++)
        {
            double distance = Math.Abs(Math.IEEERemainder(angle.Value - orientationsDegrees[i], PeriodDegrees));
            if (distance < least)
            {
                (next, second) = (nearest, least);
                (nearest, least) = (i, distance);
            }
            else if (distance < second)
            {
                (next, second) = (i, distance);
            }
        }

        if (!(least <= toleranceDegrees))
        {
            return Measured.Bad(FormattableString.Invariant(
                $"An orientation of {angle.Value:F1}° is none of those given, to {toleranceDegrees}°."));
        }

        double margin = (second - least) / 2;
        double other = next < 0 ? 0 : NormalTail.Above(margin / Math.Max(angle.StandardError, 1e-12));
        Finding finding = other > 0.05
            ? angle.Finding.And(Finding.Suspect(FormattableString.Invariant(
                $"Grain {next + 1} is nearly as near: {second:F2}° against {least:F2}°.")))
            : angle.Finding;
        return Measured.Of(
            nearest + 1, Math.Sqrt(other * (1 - other)) * Math.Abs(nearest - next), finding);
    }

    private double AngleOf(Lattice lattice, out double difference)
    {
        Lattice reduced = lattice.Reduced();
        (LatticeVector a, LatticeVector b) = reduced.A.Length <= reduced.B.Length
            ? (reduced.A, reduced.B)
            : (reduced.B, reduced.A);
        double x = 0, y = 0, longest = a.Length;
        ReadOnlySpan<LatticeVector> equal = [a, b, a - b];
        foreach (LatticeVector vector in equal[..(Symmetry / 2)])
        {
            (double sine, double cosine) = Math.SinCos(Symmetry * Math.Atan2(vector.Y, vector.X));
            (x, y, longest) = (x + cosine, y + sine, Math.Max(longest, vector.Length));
        }

        // Equal lengths are not enough for a square: its angle must be right.
        double skew = Symmetry == 4 ? Math.Abs(a.Dot(b)) / (a.Length * b.Length) : 0;
        difference = Math.Max((longest / a.Length) - 1, skew);
        double angle = double.RadiansToDegrees(Math.Atan2(y, x)) / Symmetry;
        angle = (Frame.Transposed ? 90 - angle : angle) + Frame.RotationDegrees;
        angle -= PeriodDegrees * Math.Floor(angle / PeriodDegrees);
        return angle < PeriodDegrees ? angle : 0;
    }
}
