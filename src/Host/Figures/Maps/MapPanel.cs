using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Maps;

/// <summary>Several maps side by side in one image.</summary>
public sealed record MapPanel
{
    public required IReadOnlyList<MapFigure> Maps { get; init; }

    /// <summary>Title over all maps; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Maps in a row; by default what suits their shape.</summary>
    public int? Columns { get; init; }

    /// <summary>Edge of each drawn map, in image pixels, at least.</summary>
    public int LeastEdge { get; init; } = 320;

    /// <summary>Edge of each drawn map, in image pixels, at most.</summary>
    public int MostEdge { get; init; } = 640;

    /// <exception cref="ArgumentException">There is no map, or one whose values do not fill its shape.</exception>
    public RgbImage Render() => MapPainter.Paint(this);
}
