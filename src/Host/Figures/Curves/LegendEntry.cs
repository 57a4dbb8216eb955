namespace DklActors.Host.Figures.Curves;

/// <summary>A mark and the words that explain it.</summary>
/// <param name="Words">The words.</param>
/// <param name="PaintMark">Draws the mark centred at x and y.</param>
internal sealed record LegendEntry(string Words, Action<SvgWriter, double, double> PaintMark);
