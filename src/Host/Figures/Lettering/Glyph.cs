using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Lettering;

/// <summary>
/// The strokes of a character on a grid on which the baseline is 0, lower case is 7 high, capitals are 10; y goes up.
/// </summary>
/// <param name="Width">Right end of the strokes, or the room that is kept for them where that is wider.</param>
/// <param name="Strokes">Lines of points.</param>
internal sealed record Glyph(double Width, IReadOnlyList<IReadOnlyList<PixelPoint>> Strokes);
