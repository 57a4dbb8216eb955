namespace DklActors.Instruments.Simulated.Films;

/// <summary>The displacement of the film: around inclusions that are too large or too small, and by bending.</summary>
/// <remarks>
/// About an inclusion of radius R the radial displacement is A r / √(1 + (r/R)⁴): A r inside and A R²/r far outside, as
/// around a misfitting cylinder (Eshelby 1957), with a smooth rim. Bending by a curvature κ displaces by
/// (κ x y, −κ x²/2): strain κ y along x and a rotation by −κ x.
/// </remarks>
internal sealed class StrainField
{
    private readonly IReadOnlyList<Spot> _inclusions;
    private readonly double _misfit;
    private readonly double _curvature;
    private readonly double _middleRow;
    private readonly double _middleColumn;

    public StrainField(IReadOnlyList<Spot> inclusions, double misfit, double heightNanometres, double widthNanometres)
    {
        _inclusions = inclusions;
        _misfit = misfit;
        (_middleRow, _middleColumn) = (heightNanometres / 2, widthNanometres / 2);
        _curvature = _middleRow > 0 ? 0.5 * misfit / _middleRow : 0;
    }

    public Deformation At(double row, double column)
    {
        (double x, double y) = (column - _middleColumn, row - _middleRow);
        double xx = 1 + (_curvature * y), xy = _curvature * x, yx = -_curvature * x, yy = 1;
        foreach (Spot inclusion in _inclusions)
        {
            (double dx, double dy) = (column - inclusion.Column, row - inclusion.Row);
            double squared = (dx * dx) + (dy * dy);
            double ratio = squared / (inclusion.Radius * inclusion.Radius);
            double s = 1 / Math.Sqrt(1 + (ratio * ratio));
            double amplitude = inclusion.Sign * _misfit;
            // ∂u_i/∂x_j of u = A s(r) r, where s'/r = −2 q² s³ / r² and q = (r/R)².
            double fall = squared > 0 ? -2 * ratio * ratio * s * s * s / squared : 0;
            xx += amplitude * (s + (fall * dx * dx));
            yy += amplitude * (s + (fall * dy * dy));
            xy += amplitude * fall * dx * dy;
            yx += amplitude * fall * dx * dy;
        }

        return new Deformation(xx, xy, yx, yy);
    }

    /// <summary>Displacement in nm along x and y; its gradient is what <see cref="At"/> gives less one.</summary>
    public (double X, double Y) DisplacementAt(double row, double column)
    {
        (double x, double y) = (column - _middleColumn, row - _middleRow);
        double ux = _curvature * x * y, uy = -0.5 * _curvature * x * x;
        foreach (Spot inclusion in _inclusions)
        {
            (double dx, double dy) = (column - inclusion.Column, row - inclusion.Row);
            double ratio = ((dx * dx) + (dy * dy)) / (inclusion.Radius * inclusion.Radius);
            double s = inclusion.Sign * _misfit / Math.Sqrt(1 + (ratio * ratio));
            (ux, uy) = (ux + (s * dx), uy + (s * dy));
        }

        return (ux, uy);
    }
}
