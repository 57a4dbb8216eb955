namespace DklActors.Host.Figures.Curves;

/// <summary>Colours and marks of the learning curve.</summary>
internal static class CurveStyle
{
    public const string Ink = "#212529";
    public const string Muted = "#5A6268";
    public const string Grid = "#E6E8EA";
    public const string SeedBand = "#F4F5F6";
    public const string Measured = "#2A6DB0";
    public const string Best = "#D9622B";
    public const string Band = "#9CC3E4";
    public const string Outside = "#C2263C";
    public const string Error = "#2E7D5B";
    public const string Density = "#6B4C9A";

    private const double Radius = 3.2;

    public static void Dot(SvgWriter svg, double x, double y, string colour, string kind) =>
        svg.Circle(x, y, Radius, ("fill", colour), ("stroke", "white"), ("stroke-width", "0.8"), ("class", kind));

    public static void Square(SvgWriter svg, double x, double y, string colour, string kind) =>
        svg.Rectangle(x - 3, y - 3, 6, 6,
            ("fill", "white"), ("stroke", colour), ("stroke-width", "1.5"), ("class", kind));

    public static void Cross(SvgWriter svg, double x, double y, string colour, string kind) =>
        svg.Element("path",
            ("d", FormattableString.Invariant($"M{x - 3:0.##} {y - 3:0.##}l6 6m0 -6l-6 6")),
            ("stroke", colour), ("stroke-width", "1.6"), ("class", kind));
}
