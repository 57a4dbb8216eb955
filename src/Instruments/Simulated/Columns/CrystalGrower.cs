using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Simulated.Columns;

/// <summary>Places the columns of a perovskite over the field of view and a margin around it, by a seed.</summary>
internal static class CrystalGrower
{
    /// <summary>Edge of the cubic cell of strontium titanate, nm.</summary>
    public const double CellNanometres = 0.3905;

    /// <summary>Width over which a domain wall turns the displacement, nm.</summary>
    private const double WallNanometres = 0.35;

    // The oxygen frame moves against the titanium, by less.
    private const double OxygenShare = -0.6;
    private const double EmptiedOccupancy = 0.5;
    private const double MarginNanometres = 1.2;

    public static IReadOnlyList<AtomicColumn> Grow(ColumnOptions options)
    {
        double height = (options.Grid.Rows - 1) * options.PixelSize.Value;
        double width = (options.Grid.Columns - 1) * options.PixelSize.Value;
        SeededStream random = SeededStream.Of(options.Seed, "columns");
        double angle = random.NextBetween(-0.2, 0.2);
        double originRow = random.NextUnit() * CellNanometres, originColumn = random.NextUnit() * CellNanometres;
        (double sine, double cosine) = Math.SinCos(angle);
        double[] walls = [.. Walls(options.DomainWalls, width, ref random)];
        List<AtomicColumn> columns = [];
        int reach = (int)Math.Ceiling((double.Hypot(height, width) + (2 * MarginNanometres)) / CellNanometres);
        for (int i = -reach; i <= reach; i++)
        {
            for (int j = -reach; j <= reach; j++)
            {
                // Numbers of a cell depend on the cell alone: a larger scan shows more of the same crystal.
                SeededStream own = SeededStream.Of(options.Seed, "cell").With(i).With(j);
                bool isDoped = own.NextUnit() < options.Dopants;
                Add(isDoped ? ColumnKind.Lead : ColumnKind.Strontium, i, j, 1, 0);
                Add(ColumnKind.TitaniumOxygen, i + 0.5, j + 0.5, OccupancyOf(options, ref own), 1);
                Add(ColumnKind.Oxygen, i + 0.5, j, OccupancyOf(options, ref own), OxygenShare);
                Add(ColumnKind.Oxygen, i, j + 0.5, OccupancyOf(options, ref own), OxygenShare);
            }
        }

        return columns;

        void Add(ColumnKind kind, double i, double j, double occupancy, double displacement)
        {
            (double down, double right) = (i * CellNanometres, j * CellNanometres);
            double row = originRow + (cosine * down) + (sine * right);
            double column = originColumn + (cosine * right) - (sine * down);
            // Domains are polarised along the wall: up on one side, down on the other.
            double moved = displacement * options.Displacement.Value * Polarisation(column, walls);
            (row, column) = (row + (cosine * moved), column - (sine * moved));
            if (row > -MarginNanometres && row < height + MarginNanometres
                && column > -MarginNanometres && column < width + MarginNanometres)
            {
                columns.Add(new AtomicColumn(kind, row, column, occupancy));
            }
        }
    }

    /// <summary>Displacement between −1 and 1 at a column of the image, nm.</summary>
    public static double Polarisation(double columnNanometres, IReadOnlyList<double> walls) =>
        walls.Aggregate(1.0, (sign, wall) => -sign * Math.Tanh((columnNanometres - wall) / WallNanometres));

    private static double OccupancyOf(ColumnOptions options, ref SeededStream own) =>
        own.NextUnit() < options.Vacancies ? EmptiedOccupancy : 1;

    private static List<double> Walls(int count, double width, ref SeededStream random)
    {
        List<double> walls = [];
        for (int i = 0; i < count; i++)
        {
            walls.Add(width * (i + random.NextBetween(0.3, 0.7)) / count);
        }

        return walls;
    }
}
