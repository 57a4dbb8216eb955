using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Raster;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Figures.Maps;

/// <summary>A map with title, colour bar and scale bar, and the points that were visited on it.</summary>
public sealed record MapFigure
{
    /// <summary>Edge of the drawn map, in image pixels, that a figure of one map has at least.</summary>
    public const int DefaultEdge = 512;

    /// <summary>Edge of the drawn map, in image pixels, that a figure of one map has at most.</summary>
    public const int MostEdge = 1600;

    public required string Title { get; init; }

    /// <summary>Rows × columns of <see cref="Values"/>.</summary>
    public required GridShape Shape { get; init; }

    /// <summary>Row-major values; NaN is drawn grey.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Edge of one pixel on the sample; not a number where nobody knows: no scale bar then.</summary>
    public required Nanometre PixelSize { get; init; }

    /// <summary>What the colour bar shows, with its unit: "Si K band (counts)".</summary>
    public string Quantity { get; init; } = "";

    public ColourMap Colours { get; init; } = ColourMap.Viridis;

    /// <summary>Ends of the colour bar; by default those of the values.</summary>
    public ValueRange? Range { get; init; }

    /// <summary>Measured points, in order.</summary>
    public IReadOnlyList<VisitedPoint> Visited { get; init; } = [];

    public VisitColouring Colouring { get; init; } = VisitColouring.Plain;

    /// <summary>Where the next measurement will be.</summary>
    public GridPoint? Next { get; init; }

    /// <summary>
    /// Draws the figure; the map is enlarged by a whole factor until its longer edge is readable, or drawn in means
    /// over squares of pixels where it is larger than a screen.
    /// </summary>
    /// <exception cref="ArgumentException">The number of values is not rows × columns, or there are none.</exception>
    public RgbImage Render(int leastEdge = DefaultEdge) =>
        new MapPanel { Maps = [this], LeastEdge = leastEdge, MostEdge = MostEdge }.Render();
}
