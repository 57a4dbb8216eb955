namespace DklActors.Host.Figures.Colours;

/// <summary>A colour, 8 bits a channel, sRGB.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static readonly Rgb White = new(255, 255, 255);
    public static readonly Rgb Black = new(0, 0, 0);

    /// <summary>#RRGGBB.</summary>
    public string Hex => $"#{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>This colour covered by <paramref name="over"/> with opacity <paramref name="alpha"/>, 0 … 1.</summary>
    public Rgb Blend(Rgb over, double alpha) => new(
        Mix(Red, over.Red, alpha), Mix(Green, over.Green, alpha), Mix(Blue, over.Blue, alpha));

    private static byte Mix(byte from, byte to, double alpha) =>
        (byte)Math.Clamp(Math.Round(from + ((to - from) * alpha)), 0, 255);
}
