namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>What an index along an axis means: (index − origin) · scale, in the unit.</summary>
/// <param name="Origin">Index at which the value is zero.</param>
/// <param name="Scale">Distance of two neighbours, in the unit.</param>
/// <param name="Unit">As the file has it, such as eV, nm or µm; empty where the axis is not calibrated.</param>
public sealed record AxisCalibration(double Origin, double Scale, string Unit)
{
    /// <summary>Electronvolts of one unit; null where the axis is none of energy.</summary>
    public double? ElectronVoltsPerUnit => Unit switch
    {
        "eV" or "ev" => 1,
        "keV" => 1e3,
        "meV" => 1e-3,
        _ => null,
    };

    /// <summary>Nanometres of one unit; null where the axis is none of length.</summary>
    public double? NanometresPerUnit => Unit switch
    {
        "pm" => 1e-3,
        // Ångström as a letter, as its own sign, and in plain letters.
        "A" or "\u00C5" or "\u212B" => 0.1,
        "nm" => 1,
        // Micro as its own sign, as the Greek letter, and in plain letters.
        "um" or "\u00B5m" or "\u03BCm" => 1e3,
        "mm" => 1e6,
        _ => null,
    };

    /// <summary>The value at an index, in the unit.</summary>
    public double this[double index] => (index - Origin) * Scale;
}
