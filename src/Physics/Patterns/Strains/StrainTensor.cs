using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Strains;

/// <summary>Strain of the specimen (real space) against a reference.</summary>
/// <remarks>
/// Discs move by B = G·G₀⁻¹ from the reference's vectors G₀, and the specimen's atoms by F = B⁻ᵀ: discs that come
/// closer are planes that move apart, and count as positive strain. F = R·U (right polar decomposition), ε = U − 1 in
/// the axes of the reference, θ the turn of R. py4DSTEM gives the same to first order: 1 − β and its antisymmetric part
/// (<c>get_strain_from_reference_g1g2</c>).
/// </remarks>
/// <param name="XX">Along columns of the scan.</param>
/// <param name="YY">Along rows.</param>
/// <param name="XY">Shear, half the change of the right angle.</param>
/// <param name="RotationDegrees">Turn from x to y: clockwise on the screen.</param>
public readonly record struct StrainTensor(double XX, double YY, double XY, double RotationDegrees)
{
    /// <summary>√(ε_xx² + ε_yy² + 2ε_xy²).</summary>
    public double Size => Math.Sqrt((XX * XX) + (YY * YY) + (2 * XY * XY));

    /// <summary>The strain that takes one lattice of discs to another.</summary>
    /// <param name="lattice">Measured, in px of the detector.</param>
    /// <param name="reference">Without strain.</param>
    /// <param name="frame">How the detector is turned against the scan.</param>
    public static StrainTensor Between(Lattice lattice, Lattice reference, ScanFrame frame)
    {
        // F = (G·G₀⁻¹)⁻ᵀ: the transposed inverses are the lattices of real space, so F·a₀* = a*.
        (Lattice real, Lattice start) = (lattice.Reciprocal(), reference.Reciprocal());
        double area = start.Area;
        double xx = ((real.A.X * start.B.Y) - (real.B.X * start.A.Y)) / area;
        double xy = ((real.B.X * start.A.X) - (real.A.X * start.B.X)) / area;
        double yx = ((real.A.Y * start.B.Y) - (real.B.Y * start.A.Y)) / area;
        double yy = ((real.B.Y * start.A.X) - (real.A.Y * start.B.X)) / area;
        if (frame.Transposed)
        {
            (xx, xy, yx, yy) = (yy, yx, xy, xx);
        }

        double angle = Math.Atan2(yx - xy, xx + yy);
        (double s, double c) = Math.SinCos(angle);
        double uxx = (c * xx) + (s * yx), uyy = (c * yy) - (s * xy);
        double uxy = (((c * xy) + (s * yy)) + ((c * yx) - (s * xx))) / 2;
        (double fs, double fc) = Math.SinCos(double.DegreesToRadians(frame.RotationDegrees));
        return new StrainTensor(
            (fc * fc * uxx) - (2 * fc * fs * uxy) + (fs * fs * uyy) - 1,
            (fs * fs * uxx) + (2 * fc * fs * uxy) + (fc * fc * uyy) - 1,
            (fc * fs * (uxx - uyy)) + (((fc * fc) - (fs * fs)) * uxy),
            double.RadiansToDegrees(angle));
    }
}
