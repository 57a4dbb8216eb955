using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;

namespace DklActors.Host.Figures.Maps;

/// <summary>Colours, letters and distances that all maps share.</summary>
internal static class Palette
{
    public static readonly Rgb Ink = new(0x21, 0x25, 0x29);
    public static readonly Rgb Muted = new(0x5A, 0x62, 0x68);
    public static readonly Rgb First = new(0x1E, 0xC8, 0xF0);
    public static readonly Rgb Last = new(0xFF, 0x5A, 0x36);
    public static readonly Rgb Next = new(0xFF, 0x2E, 0xB8);

    public static readonly TextStyle Heading = new(18, Ink, 1.35);
    public static readonly TextStyle Title = new(15, Ink, 1.25);
    public static readonly TextStyle Label = new(13, Ink);
    public static readonly TextStyle Small = new(12, Muted);

    /// <summary>Around the whole figure, and between maps, in pixels.</summary>
    public const int Margin = 22;
}
