using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>A paraboloid through a pixel and its eight neighbours.</summary>
internal static class Parabola
{
    public static PeakShape At(ReadOnlySpan<float> map, GridShape shape, int row, int column)
    {
        int at = (row * shape.Columns) + column, n = shape.Columns;
        double here = map[at];
        double left = map[at - 1], right = map[at + 1], up = map[at - n], down = map[at + n];
        double mixed = ((double)map[at + n + 1] - map[at + n - 1] - map[at - n + 1] + map[at - n - 1]) / 4;
        return new PeakShape(
            here, (down - up) / 2, (right - left) / 2, up - (2 * here) + down, mixed, left - (2 * here) + right);
    }

    /// <summary>Maximum along rows and along columns, at most half a pixel away.</summary>
    public static (double Row, double Column) Maximum(PeakShape shape, int row, int column) =>
        (row + Offset(shape.SlopeRow, shape.RowRow), column + Offset(shape.SlopeColumn, shape.ColumnColumn));

    private static double Offset(double slope, double curvature) =>
        curvature < 0 ? Math.Clamp(-slope / curvature, -0.5, 0.5) : 0;
}
