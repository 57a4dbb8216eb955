using DklActors.Instruments.Simulated.Patterns;

namespace DklActors.Instruments.Simulated.Films;

/// <summary>The film: what is where.</summary>
internal sealed class Film
{
    // The thick side is this much thicker than the mean.
    private const double WedgeShare = 0.3;

    private readonly double _middleRow;
    private readonly double _thickness;
    private readonly double _rim;
    private readonly StrainField _strain;

    public Film(
        FilmOptions options,
        IReadOnlyList<Grain> grains,
        IReadOnlyList<Spot> inclusions,
        IReadOnlyList<Spot> amorphous,
        IReadOnlyList<Spot> holes)
    {
        Grains = grains;
        Inclusions = inclusions;
        AmorphousRegions = amorphous;
        Holes = holes;
        double height = (options.Grid.Rows - 1) * options.PixelSize.Value;
        double width = (options.Grid.Columns - 1) * options.PixelSize.Value;
        _middleRow = height / 2;
        _thickness = options.Thickness.Value;
        _rim = 0.8 * options.PixelSize.Value;
        _strain = new StrainField(inclusions, options.Strain, height, width);
    }

    public IReadOnlyList<Grain> Grains { get; }

    public IReadOnlyList<Spot> Inclusions { get; }

    public IReadOnlyList<Spot> AmorphousRegions { get; }

    public IReadOnlyList<Spot> Holes { get; }

    /// <summary>Width of boundaries and rims as the beam sees them, nm.</summary>
    public double RimNanometres => _rim;

    public FilmState At(double row, double column)
    {
        (int nearest, int next, double distance) = NearestGrains(row, column);
        double share = next == nearest ? 0 : 0.5 * ErrorFunction.Complement(distance / (Math.Sqrt(2) * _rim));
        double thickness = _thickness * (1 + (WedgeShare * (row - _middleRow) / Math.Max(_middleRow, 1e-9)));
        return new FilmState(
            nearest,
            next,
            share,
            Cover(AmorphousRegions, row, column, 2 * _rim),
            Cover(Holes, row, column, _rim),
            thickness,
            _strain.At(row, column));
    }

    /// <summary>Distance in nm from the nearest grain boundary; infinite where there is but one grain.</summary>
    public double BoundaryDistance(double row, double column) => NearestGrains(row, column).Distance;

    private (int Nearest, int Next, double Distance) NearestGrains(double row, double column)
    {
        int nearest = 0, next = 0;
        double least = double.PositiveInfinity, second = double.PositiveInfinity;
        for (int i = 0; i < Grains.Count; i++)
        {
            (double down, double right) = (row - Grains[i].RowNanometres, column - Grains[i].ColumnNanometres);
            double squared = (down * down) + (right * right);
            if (squared < least)
            {
                (second, next) = (least, nearest);
                (least, nearest) = (squared, i);
            }
            else if (squared < second)
            {
                (second, next) = (squared, i);
            }
        }

        if (Grains.Count == 1)
        {
            return (0, 0, double.PositiveInfinity);
        }

        // The boundary is the perpendicular bisector of the two centres.
        double apart = double.Hypot(
            Grains[nearest].RowNanometres - Grains[next].RowNanometres,
            Grains[nearest].ColumnNanometres - Grains[next].ColumnNanometres);
        return (nearest, next, (second - least) / (2 * Math.Max(apart, 1e-9)));
    }

    private static double Cover(IReadOnlyList<Spot> spots, double row, double column, double rim)
    {
        double open = 1;
        foreach (Spot spot in spots)
        {
            open *= 1 - spot.Cover(row, column, rim);
        }

        return 1 - open;
    }
}
