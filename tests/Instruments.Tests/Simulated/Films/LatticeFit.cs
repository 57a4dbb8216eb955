using DklActors.Instruments.Simulated.Films;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Simulated.Films;

/// <summary>
/// An analysis that knows nothing of how patterns are drawn but where to begin: the centre of mass about each disc,
/// and the lattice that fits them by least squares.
/// </summary>
/// <param name="Strain">In the axes of the scan.</param>
/// <param name="RotationDegrees">Of the lattice, from x towards y.</param>
/// <param name="LargestResidualPixels">Largest distance of a disc from where its lattice has it.</param>
internal sealed record LatticeFit(Strain Strain, double RotationDegrees, double LargestResidualPixels)
{
    private const double LongestPerNanometre = 11;

    public static (double Row, double Column) Expected(
        FilmOptions options, Reflection reflection, Grain grain, FilmState state)
    {
        (double sine, double cosine) = Math.SinCos(grain.OrientationRadians);
        (double x, double y) = state.Deformation.Reciprocal(
            (cosine * reflection.X) - (sine * reflection.Y), (sine * reflection.X) + (cosine * reflection.Y));
        double scale = 1000 * options.Camera.Optics.WavelengthNanometres / options.Camera.MilliradPerPixel;
        return options.Camera.ToCamera(scale * y, scale * x);
    }

    public static LatticeFit To(
        PatternFrame frame, FilmOptions options, Film film, FilmState state, GridPoint point)
    {
        (double centreRow, double centreColumn) = options.Camera.CentreAt(point.Centre, options.Grid);
        double scale = 1000 * options.Camera.Optics.WavelengthNanometres / options.Camera.MilliradPerPixel;
        List<(double Hx, double Hy, double X, double Y)> discs = [];
        double largest = 0;
        foreach (Reflection reflection in ReciprocalLattice.Within(LongestPerNanometre))
        {
            (double row, double column) = Expected(options, reflection, film.Grains[state.Grain], state);
            (double foundRow, double foundColumn) = CentreAbout(frame, centreRow + row, centreColumn + column);
            largest = Math.Max(largest, double.Hypot(foundRow - centreRow - row, foundColumn - centreColumn - column));
            // Back from the camera's axes into the scan's.
            double angle = options.Camera.ScanRotationDegrees * Math.PI / 180;
            (double down, double right) = (foundRow - centreRow, foundColumn - centreColumn);
            double y = (Math.Cos(angle) * down) - (Math.Sin(angle) * right);
            double x = (Math.Sin(angle) * down) + (Math.Cos(angle) * right);
            discs.Add((reflection.X * scale, reflection.Y * scale, x, y));
        }

        return new LatticeFit(default, 0, largest).Solve(discs);
    }

    // x = M h by least squares; M = F⁻ᵀ R₀, so F R₀ = M⁻ᵀ.
    private LatticeFit Solve(List<(double Hx, double Hy, double X, double Y)> discs)
    {
        double aa = discs.Sum(static d => d.Hx * d.Hx), bb = discs.Sum(static d => d.Hy * d.Hy);
        double ab = discs.Sum(static d => d.Hx * d.Hy), determinant = (aa * bb) - (ab * ab);
        (double xx, double xy) = Row(static d => d.X);
        (double yx, double yy) = Row(static d => d.Y);
        double area = (xx * yy) - (xy * yx);
        Deformation deformation = new(yy / area, -yx / area, -xy / area, xx / area);
        return this with
        {
            Strain = deformation.Strain, RotationDegrees = deformation.Rotation * 180 / Math.PI,
        };

        (double, double) Row(Func<(double Hx, double Hy, double X, double Y), double> part)
        {
            double a = discs.Sum(d => part(d) * d.Hx), b = discs.Sum(d => part(d) * d.Hy);
            return (((a * bb) - (b * ab)) / determinant, ((b * aa) - (a * ab)) / determinant);
        }
    }

    private static (double Row, double Column) CentreAbout(PatternFrame frame, double row, double column)
    {
        double sum = 0, rows = 0, columns = 0;
        int middleRow = (int)Math.Round(row), middleColumn = (int)Math.Round(column);
        for (int r = middleRow - 7; r <= middleRow + 7; r++)
        {
            for (int c = middleColumn - 7; c <= middleColumn + 7; c++)
            {
                // Only what is nearer to this disc than to any other.
                if (double.Hypot(r - row, c - column) > 6.1)
                {
                    continue;
                }

                double counts = frame.Counts.Span[(r * frame.Shape.Columns) + c];
                (sum, rows, columns) = (sum + counts, rows + (counts * r), columns + (counts * c));
            }
        }

        return (rows / sum, columns / sum);
    }
}
