using System.Globalization;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>Finds out how large a pixel is: from ImageJ, FEI, DigitalMicrograph, or the resolution.</summary>
internal static class TiffCalibration
{
    // A resolution meant for printing gives pixels of a tenth of a millimetre.
    private const double LargestPixelInNanometres = 10_000;
    private const int Inch = 2;
    private const int Centimetre = 3;

    /// <summary>Edge of a pixel and its unit, which is empty where it is not known.</summary>
    public static (double Scale, string Unit) Of(TiffPage page)
    {
        TiffDirectory tags = page.Directory;
        double perUnit = tags.Number(TiffTag.XResolution, 0);
        string description = tags.Text(TiffTag.Description);
        if (description.StartsWith("ImageJ=", StringComparison.Ordinal)
            && ValueOf(description, "unit") is { Length: > 0 } unit && perUnit > 0 && double.IsFinite(perUnit))
        {
            // ImageJ writes what is not ASCII as an escape.
            unit = unit.Replace("\\u00B5", "\u00B5", StringComparison.OrdinalIgnoreCase);
            return unit is "pixel" or "inch" ? (1, "") : (1 / perUnit, unit == "micron" ? "\u00B5m" : unit);
        }

        if (Metres(tags) is { } metres and > 0)
        {
            return (metres * 1e9, "nm");
        }

        string gatan = tags.Text(TiffTag.GatanUnit);
        double gatanScale = tags.Number(TiffTag.GatanScale, 0);
        if (AxisUnits.NanometresPer(gatan) is not null && gatanScale > 0)
        {
            return (gatanScale, gatan);
        }

        double nanometres = (int)tags.Number(TiffTag.ResolutionUnit, Inch) switch
        {
            Inch => 25.4e6 / perUnit,
            Centimetre => 1e7 / perUnit,
            _ => double.NaN,
        };
        return nanometres is > 0 and < LargestPixelInNanometres ? (nanometres, "nm") : (1, "");
    }

    /// <summary>Images that ImageJ says there are.</summary>
    public static int StackOf(TiffPage page)
    {
        string description = page.Directory.Text(TiffTag.Description);
        return description.StartsWith("ImageJ=", StringComparison.Ordinal)
            && int.TryParse(
                ValueOf(description, "images"), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : 1;
    }

    /// <summary>Adds what an instrument of FEI or Thermo Fisher wrote.</summary>
    public static void AddInstrument(TiffPage page, MetadataTable table)
    {
        string text = page.Directory.Text(TiffTag.FeiHelios);
        if (double.TryParse(ValueOf(text, "HV"), NumberStyles.Float, CultureInfo.InvariantCulture, out double volts))
        {
            table.AddPositive(MetadataKeys.BeamEnergy, volts, 1e-3);
        }

        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split('=', 2) is [{ Length: > 0 } name, var value])
            {
                table.Add(name, value);
            }
        }
    }

    private static double? Metres(TiffDirectory tags) =>
        double.TryParse(
            ValueOf(tags.Text(TiffTag.FeiHelios), "PixelWidth"), NumberStyles.Float, CultureInfo.InvariantCulture,
            out double metres)
            ? metres
            : null;

    private static string? ValueOf(string text, string name) => text
        .Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => line.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..]).FirstOrDefault();
}
