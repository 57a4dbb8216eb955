namespace DklActors.Physics.Patterns.Moments;

/// <summary>How the detector is turned against the scan.</summary>
/// <param name="RotationDegrees">
/// Turn that takes directions on the detector to those of the scan, from x (columns, to the right) to y (rows,
/// downwards), that is clockwise on the screen.
/// </param>
/// <param name="Transposed">Whether rows and columns of the detector are exchanged first (a mirrored detector).</param>
public readonly record struct ScanFrame(double RotationDegrees, bool Transposed = false)
{
    /// <summary>A displacement on the detector, in the directions of the scan.</summary>
    public CentreOfMass Apply(CentreOfMass displacement)
    {
        CentreOfMass from = Transposed
            ? displacement with
            {
                X = displacement.Y,
                Y = displacement.X,
                VarianceX = displacement.VarianceY,
                VarianceY = displacement.VarianceX,
            }
            : displacement;
        if (RotationDegrees == 0)
        {
            return from;
        }

        (double s, double c) = Math.SinCos(double.DegreesToRadians(RotationDegrees));
        return new CentreOfMass(
            (c * from.X) - (s * from.Y),
            (s * from.X) + (c * from.Y),
            (c * c * from.VarianceX) - (2 * c * s * from.Covariance) + (s * s * from.VarianceY),
            (s * s * from.VarianceX) + (2 * c * s * from.Covariance) + (c * c * from.VarianceY),
            (c * s * (from.VarianceX - from.VarianceY)) + (((c * c) - (s * s)) * from.Covariance),
            from.Finding);
    }
}
