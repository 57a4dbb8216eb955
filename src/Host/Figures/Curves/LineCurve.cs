namespace DklActors.Host.Figures.Curves;

/// <summary>A line over a measured axis, with or without a band around it.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Colour">As SVG writes it.</param>
/// <param name="Points">From left to right.</param>
/// <param name="HalfWidths">Half the height of the band at each point; empty for none.</param>
internal sealed record LineCurve(
    string Name, string Colour, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<double> HalfWidths)
{
    public double StrokeWidth { get; init; } = 1.6;

    public IEnumerable<(double X, double Y)> Upper => Points.Zip(HalfWidths, static (p, half) => (p.X, p.Y + half));

    public IEnumerable<(double X, double Y)> Lower => Points.Zip(HalfWidths, static (p, half) => (p.X, p.Y - half));
}
