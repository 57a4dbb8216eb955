using System.Globalization;

namespace DklActors.Host.Figures.Colours;

/// <summary>Colours for the numbers 0 … 1.</summary>
public sealed class ColourMap
{
    private const int Entries = 256;

    private readonly Rgb[] _table;

    private ColourMap(string name, Rgb[] table)
    {
        Name = name;
        _table = table;
    }

    /// <summary>Purple, green, yellow: for predictions and measured values.</summary>
    public static ColourMap Viridis { get; } = new("viridis", FromHex(ColourTables.Viridis));

    /// <summary>Blue, grey, yellow: for uncertainties, distinct from predictions at a glance.</summary>
    public static ColourMap Cividis { get; } = new("cividis", FromHex(ColourTables.Cividis));

    /// <summary>Black to white: for structural images.</summary>
    public static ColourMap Grey { get; } =
        new("grey", [.. Enumerable.Range(0, Entries).Select(static i => new Rgb((byte)i, (byte)i, (byte)i))]);

    /// <summary>Blue, white, red: for errors; its middle belongs to zero.</summary>
    public static ColourMap Diverging { get; } = new("diverging", FromStops(
    [
        new Rgb(0x0B, 0x2F, 0x66), new Rgb(0x2A, 0x6D, 0xB0), new Rgb(0x7F, 0xB4, 0xD8), new Rgb(0xD3, 0xE4, 0xEF),
        new Rgb(0xF7, 0xF7, 0xF5),
        new Rgb(0xF9, 0xDC, 0xCB), new Rgb(0xEF, 0x9C, 0x7A), new Rgb(0xC9, 0x44, 0x40), new Rgb(0x74, 0x0A, 0x26),
    ]));

    /// <summary>The colour of NaN, and of infinities: a mid grey that no map but grey holds.</summary>
    public static Rgb Undefined { get; } = new(128, 128, 128);

    public string Name { get; }

    /// <summary>The colour of <paramref name="fraction"/>, clamped to 0 … 1; NaN is <see cref="Undefined"/>.</summary>
    public Rgb this[double fraction] => double.IsFinite(fraction)
        ? _table[(int)Math.Min(Math.Clamp(fraction, 0, 1) * Entries, Entries - 1)]
        : Undefined;

    private static Rgb[] FromHex(string hex)
    {
        var table = new Rgb[hex.Length / 6];
        for (int i = 0; i < table.Length; i++)
        {
            int packed = int.Parse(hex.AsSpan(6 * i, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            table[i] = new Rgb((byte)(packed >> 16), (byte)(packed >> 8), (byte)packed);
        }

        return table;
    }

    private static Rgb[] FromStops(Rgb[] stops)
    {
        var table = new Rgb[Entries];
        for (int i = 0; i < Entries; i++)
        {
            double at = i / (Entries - 1.0) * (stops.Length - 1);
            int stop = Math.Min((int)at, stops.Length - 2);
            table[i] = stops[stop].Blend(stops[stop + 1], at - stop);
        }

        return table;
    }
}
