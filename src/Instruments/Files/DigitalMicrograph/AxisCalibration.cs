namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>What an index along an axis means: (index − origin) · scale, in the unit.</summary>
/// <param name="Origin">Index at which the value is zero.</param>
/// <param name="Scale">Distance of two neighbours, in the unit.</param>
/// <param name="Unit">As the file has it, such as eV, nm or µm; empty where the axis is not calibrated.</param>
public sealed record AxisCalibration(double Origin, double Scale, string Unit)
{
    /// <summary>Electronvolts of one unit; null where the axis is none of energy.</summary>
    public double? ElectronVoltsPerUnit => AxisUnits.ElectronVoltsPer(Unit);

    /// <summary>Nanometres of one unit; null where the axis is none of length.</summary>
    public double? NanometresPerUnit => AxisUnits.NanometresPer(Unit);

    /// <summary>The value at an index, in the unit.</summary>
    public double this[double index] => (index - Origin) * Scale;
}
