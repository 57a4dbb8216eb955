namespace DklActors.Instruments.Files;

/// <summary>Units that files calibrate axes with, in the spellings that occur.</summary>
internal static class AxisUnits
{
    /// <summary>Null where it is no unit of energy.</summary>
    public static double? ElectronVoltsPer(string unit) => unit switch
    {
        "eV" or "ev" => 1,
        "keV" => 1e3,
        "meV" => 1e-3,
        _ => null,
    };

    /// <summary>Null where it is no unit of length.</summary>
    public static double? NanometresPer(string unit) => unit switch
    {
        "pm" => 1e-3,
        // Ångström as a letter, as its own sign, and in plain letters.
        "A" or "\u00C5" or "\u212B" or "angstrom" or "Angstrom" => 0.1,
        "nm" => 1,
        // Micro as its own sign, as the Greek letter, and in plain letters.
        "um" or "\u00B5m" or "\u03BCm" or "micron" => 1e3,
        "mm" => 1e6,
        "cm" => 1e7,
        "m" => 1e9,
        _ => null,
    };

    /// <summary>Null where it is no unit of reciprocal length.</summary>
    public static double? ReciprocalNanometresPer(string unit) => unit switch
    {
        "1/nm" or "nm^-1" or "nm-1" or "nm$^{-1}$" or "nm\u207B\u00B9" => 1,
        "1/A" or "A^-1" or "1/\u00C5" or "\u00C5^-1" or "$A^{-1}$" or "\u00C5\u207B\u00B9" => 10,
        "1/m" => 1e-9,
        _ => null,
    };

    /// <summary>Null where it is no unit of angle.</summary>
    public static double? MilliradiansPer(string unit) => unit switch
    {
        "mrad" => 1,
        "rad" => 1e3,
        "urad" or "\u00B5rad" => 1e-3,
        _ => null,
    };
}
