using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>
/// A displacement with its covariance: of the centre of mass from the optic axis in px of the detector, or what
/// corrections and calibrations made of it. x runs along columns to the right, y along rows downwards.
/// </summary>
/// <param name="X">Along columns.</param>
/// <param name="Y">Along rows.</param>
/// <param name="VarianceX">Variance of X from counting statistics.</param>
/// <param name="VarianceY">Variance of Y.</param>
/// <param name="Covariance">Of X and Y.</param>
/// <param name="Finding">Quality and reason.</param>
public readonly record struct CentreOfMass(
    double X, double Y, double VarianceX, double VarianceY, double Covariance, Finding Finding)
{
    // Of an angle of which nothing is known: uniform over a turn.
    private const double UnknownAngleDegrees = 360.0 / 3.4641016151377544;

    public static CentreOfMass Bad(Finding finding) =>
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, finding);

    public Measured Column => Measured.Of(X, Math.Sqrt(VarianceX), Finding);

    public Measured Row => Measured.Of(Y, Math.Sqrt(VarianceY), Finding);

    /// <summary>Length of the displacement.</summary>
    /// <remarks>
    /// First-order error along the displacement. Noise has length too: where the displacement is within its error, the
    /// expected length is that of the noise (Rice distribution) and not zero.
    /// </remarks>
    public Measured Magnitude
    {
        get
        {
            double length = double.Hypot(X, Y);
            double mean = Math.Sqrt((VarianceX + VarianceY) / 2);
            double error = length <= mean
                ? mean
                : Math.Sqrt(Math.Max(
                    (X * X * VarianceX) + (2 * X * Y * Covariance) + (Y * Y * VarianceY), 0)) / length;
            return Measured.Of(length, error, Finding);
        }
    }

    /// <summary>Direction in degrees, −180 … 180: 0 is to the right, 90 is down the screen.</summary>
    public Measured Angle
    {
        get
        {
            double square = (X * X) + (Y * Y);
            double across = Math.Sqrt(Math.Max(
                (Y * Y * VarianceX) - (2 * X * Y * Covariance) + (X * X * VarianceY), 0));
            double error = Math.Min(
                square > 0 ? double.RadiansToDegrees(across / square) : double.PositiveInfinity, UnknownAngleDegrees);
            Finding finding = error > 30 && !Finding.IsBad
                ? Finding.And(Finding.Suspect(
                    $"The displacement of {Math.Sqrt(square):G3} is so short against its error that its direction "
                    + "means little."))
                : Finding;
            return Measured.Of(double.RadiansToDegrees(Math.Atan2(Y, X)), error, finding);
        }
    }

    /// <summary>Minus a displacement that is known exactly.</summary>
    public CentreOfMass Minus(double x, double y) => this with { X = X - x, Y = Y - y };

    /// <summary>Times a factor, such as a calibration.</summary>
    public CentreOfMass Times(double factor)
    {
        double square = factor * factor;
        return new CentreOfMass(
            X * factor, Y * factor, VarianceX * square, VarianceY * square, Covariance * square, Finding);
    }
}
