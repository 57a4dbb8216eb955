namespace DklActors.Instruments.Simulated.Films;

/// <summary>
/// A deformation gradient F in the axes of the image, x along its columns and y along its rows: a vector of the
/// lattice becomes F times itself.
/// </summary>
internal readonly record struct Deformation(double Xx, double Xy, double Yx, double Yy)
{
    public static Deformation None { get; } = new(1, 0, 0, 1);

    private double Determinant => (Xx * Yy) - (Xy * Yx);

    /// <summary>
    /// Strain V − 1 of the polar decomposition F = V R, in the axes of the image whatever the lattice's orientation.
    /// </summary>
    public Strain Strain
    {
        get
        {
            // V = √(F Fᵀ); of a symmetric 2 × 2 matrix C the root is (C + √det C) / √(tr C + 2 √det C).
            double xx = (Xx * Xx) + (Xy * Xy), yy = (Yx * Yx) + (Yy * Yy), xy = (Xx * Yx) + (Xy * Yy);
            double root = Math.Sqrt((xx * yy) - (xy * xy)), scale = Math.Sqrt(xx + yy + (2 * root));
            return new Strain(((xx + root) / scale) - 1, ((yy + root) / scale) - 1, xy / scale);
        }
    }

    /// <summary>Angle of the rotation R, from x towards y, radians.</summary>
    public double Rotation => Math.Atan2(Yx - Xy, Xx + Yy);

    /// <summary>What becomes of a vector of the reciprocal lattice: F⁻ᵀ times it.</summary>
    public (double X, double Y) Reciprocal(double x, double y) => (
        ((Yy * x) - (Yx * y)) / Determinant,
        ((Xx * y) - (Xy * x)) / Determinant);
}
