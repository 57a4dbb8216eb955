namespace DklActors.Host.Figures.Curves;

/// <summary>A curve with its band.</summary>
internal sealed record BandCurve(string Name, string Colour, IReadOnlyList<BandPoint> Points)
{
    // Okabe and Ito's colours, which people with any kind of colour vision tell apart.
    private static readonly string[] Palette = ["#999999", "#E69F00", "#0072B2", "#009E73", "#D55E00", "#CC79A7"];

    public static string ColourOf(int index) => Palette[index % Palette.Length];
}

/// <summary>Median and quartiles at one step.</summary>
internal readonly record struct BandPoint(int Step, double Median, double Low, double High);
