using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>Makes a film by a seed.</summary>
internal static class FilmGrower
{
    // Each centre of a grain is the one of so many tries that is farthest from the others: grains of like size.
    private const int TriesPerCentre = 8;
    private const double LargestTiltRadians = 0.004;

    public static Film Grow(FilmOptions options)
    {
        double height = (options.Grid.Rows - 1) * options.PixelSize.Value;
        double width = (options.Grid.Columns - 1) * options.PixelSize.Value;
        double edge = Math.Min(height, width);
        SeededStream grains = SeededStream.Of(options.Seed, "grains");
        SeededStream spots = SeededStream.Of(options.Seed, "inclusions");
        SeededStream amorphous = SeededStream.Of(options.Seed, "amorphous");
        SeededStream holes = SeededStream.Of(options.Seed, "holes");
        return new Film(
            options,
            GrowGrains(options, height, width, ref grains),
            Strew(options.Inclusions, height, width, 0.05 * edge, 0.09 * edge, ref spots),
            Strew(options.AmorphousRegions, height, width, 0.08 * edge, 0.16 * edge, ref amorphous),
            Strew(options.Holes, height, width, 0.06 * edge, 0.10 * edge, ref holes));
    }

    private static List<Grain> GrowGrains(
        FilmOptions options, double height, double width, ref SeededStream random)
    {
        double largest = options.OrientationDegrees * Math.PI / 180;
        List<Grain> grains = [];
        for (int i = 0; i < options.Grains; i++)
        {
            (double row, double column) = FarthestOf(grains.Select(static grain =>
                (grain.RowNanometres, grain.ColumnNanometres)), height, width, ref random);
            // Drawn in strata, so that a few grains already show most orientations.
            double stratum = (i + random.NextUnit()) / options.Grains;
            double orientation = largest * ((2 * ((stratum * 7) % 1)) - 1);
            grains.Add(new Grain(
                row,
                column,
                orientation,
                LargestTiltRadians * random.NextBetween(-1, 1),
                LargestTiltRadians * random.NextBetween(-1, 1)));
        }

        return grains;
    }

    private static List<Spot> Strew(
        int count, double height, double width, double smallest, double largest, ref SeededStream random)
    {
        List<Spot> spots = [];
        for (int i = 0; i < count; i++)
        {
            (double row, double column) =
                FarthestOf(spots.Select(static spot => (spot.Row, spot.Column)), height, width, ref random);
            spots.Add(new Spot(row, column, random.NextBetween(smallest, largest), i % 2 == 0 ? 1 : -1));
        }

        return spots;
    }

    private static (double Row, double Column) FarthestOf(
        IEnumerable<(double Row, double Column)> others, double height, double width, ref SeededStream random)
    {
        (double Row, double Column)[] placed = [.. others];
        (double Row, double Column) best = default;
        double farthest = -1;
        for (int attempt = 0; attempt < TriesPerCentre; attempt++)
        {
            (double row, double column) = (random.NextBetween(0, height), random.NextBetween(0, width));
            double distance = placed.Length == 0
                ? 0
                : placed.Min(other => double.Hypot(row - other.Row, column - other.Column));
            if (distance > farthest)
            {
                (best, farthest) = ((row, column), distance);
            }
        }

        return best;
    }
}
