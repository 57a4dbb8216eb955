using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Figures.Maps;

/// <summary>Sizes in pixels of one map with all that belongs to it.</summary>
internal sealed record MapLayout
{
    public const int TitleHeight = 28;
    public const int BarGap = 14;
    public const int BarWidth = 14;
    public const int TickLength = 4;
    public const int FooterRow = 24;

    private const int LabelGap = 5;
    private const int QuantityHeight = 20;

    // Room for the title and the legend of a narrow map; longer titles are cut.
    private const int MostTitleWidth = 290;
    private const int LegendWidth = 250;

    /// <param name="figure">What is drawn.</param>
    /// <param name="leastEdge">Of the drawn map's longer edge, in pixels of the picture, at least.</param>
    /// <param name="mostEdge">Of the same edge, at most.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape, or there are none.</exception>
    public MapLayout(MapFigure figure, int leastEdge, int mostEdge)
    {
        if (figure.Shape.Count < 1 || figure.Values.Length != figure.Shape.Count)
        {
            throw new ArgumentException(
                $"The map '{figure.Title}' has {figure.Values.Length} values, which are not {figure.Shape}.",
                nameof(figure));
        }

        int longest = Math.Max(figure.Shape.Rows, figure.Shape.Columns);
        Factor = Math.Max(1, (leastEdge + longest - 1) / longest);
        Divisor = Math.Max(1, (longest + mostEdge - 1) / mostEdge);
        Cells = ReducedMap.ShapeOf(figure.Shape, Divisor);
        MapWidth = Cells.Columns * Factor;
        MapHeight = Cells.Rows * Factor;
        Range = figure.Range ?? ValueRange.Of(figure.Values.Span);
        Ticks = NiceTicks.Linear(Range.Low, Range.High, MapHeight < 160 ? 3 : 6);
        LabelWidth = Ticks.Max(static tick => TextPainter.WidthOf(tick.Label, Palette.Label));
        int quantity = figure.Quantity.Length > 0 ? QuantityHeight : 0;
        ContentWidth = MapWidth + BarGap + BarWidth + TickLength + LabelGap + LabelWidth + quantity;
        bool hasLegend = figure.Visited.Count > 0 || figure.Next is not null;
        int title = Math.Min(MostTitleWidth, TextPainter.WidthOf(figure.Title, Palette.Title));
        Width = Math.Max(ContentWidth, Math.Max(title, hasLegend ? LegendWidth : 0));
        int footers = hasLegend ? 2 : 1;
        Height = TitleHeight + MapHeight + 10 + (footers * FooterRow);
    }

    /// <summary>Edge of one cell of the map in pixels of the picture.</summary>
    public int Factor { get; }

    /// <summary>Edge of one cell in pixels of the map; above 1 where the map is larger than its picture.</summary>
    public int Divisor { get; }

    /// <summary>Rows × columns of cells.</summary>
    public GridShape Cells { get; }

    /// <summary>Pixels of the picture to one pixel of the map.</summary>
    public double Scale => (double)Factor / Divisor;

    public int MapWidth { get; }

    public int MapHeight { get; }

    public ValueRange Range { get; }

    public IReadOnlyList<Tick> Ticks { get; }

    public int LabelWidth { get; }

    /// <summary>Of map, colour bar and its labels.</summary>
    public int ContentWidth { get; }

    /// <summary>Of the content, the title and the legend.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>Left end of the tick labels, from the left of the colour bar.</summary>
    public static int LabelOffset => BarWidth + TickLength + LabelGap;
}
