using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Where noise moves a maximum: by −H⁻¹ times what it adds to the slopes.</summary>
internal static class PeakError
{
    /// <summary>A peak with the covariance H⁻¹·J·H⁻¹ of its place; its shape must be a cap.</summary>
    public static Disc DiscOf(double row, double column, double height, PeakShape shape, CorrelationNoise noise)
    {
        // H⁻¹ = (c, −b; −b, a)/d.
        (double a, double b, double c) = (shape.RowRow, shape.RowColumn, shape.ColumnColumn);
        double square = shape.Determinant * shape.Determinant;
        double rowRow = (c * c * noise.RowRow) - (2 * b * c * noise.RowColumn) + (b * b * noise.ColumnColumn);
        double columnColumn = (b * b * noise.RowRow) - (2 * a * b * noise.RowColumn) + (a * a * noise.ColumnColumn);
        double rowColumn = (-b * c * noise.RowRow) + (((a * c) + (b * b)) * noise.RowColumn)
            - (a * b * noise.ColumnColumn);
        return new Disc(
            row, column, height, Math.Sqrt(noise.Value), rowRow / square, columnColumn / square, rowColumn / square);
    }
}
