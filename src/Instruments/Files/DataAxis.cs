namespace DklActors.Instruments.Files;

/// <summary>One dimension of an array.</summary>
/// <param name="Name">As the file has it, such as Energy loss; empty where it has none.</param>
/// <param name="Length">Number of elements along it.</param>
/// <param name="Role">Whether the probe moves along it, or the detector extends along it.</param>
/// <param name="Unit">As the file has it; empty where the axis is not calibrated.</param>
/// <param name="Scale">Distance of two neighbours, in the unit.</param>
/// <param name="Offset">Value at index 0, in the unit.</param>
public sealed record DataAxis(
    string Name, int Length, AxisRole Role, string Unit = "", double Scale = 1, double Offset = 0)
{
    /// <summary>The value at each index where they are not evenly spaced; else null.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Electronvolts of one unit; null where the axis is none of energy.</summary>
    public double? ElectronVoltsPerUnit => AxisUnits.ElectronVoltsPer(Unit);

    /// <summary>Nanometres of one unit; null where the axis is none of length.</summary>
    public double? NanometresPerUnit => AxisUnits.NanometresPer(Unit);

    /// <summary>Reciprocal nanometres of one unit; null where the axis is none of reciprocal length.</summary>
    public double? ReciprocalNanometresPerUnit => AxisUnits.ReciprocalNanometresPer(Unit);

    /// <summary>Milliradians of one unit; null where the axis is none of angle.</summary>
    public double? MilliradiansPerUnit => AxisUnits.MilliradiansPer(Unit);

    /// <summary>The value at an index, in the unit.</summary>
    public double this[int index] => Values?[index] ?? (Offset + (index * Scale));

    /// <summary>
    /// Axes without calibration, with the roles that the number of dimensions suggests: the last is the channels of
    /// spectra, the last two are the pixels of images and, with two more, of patterns.
    /// </summary>
    public static IReadOnlyList<DataAxis> Plain(IReadOnlyList<int> shape)
    {
        int signal = shape.Count switch
        {
            <= 2 => shape.Count,
            3 => 1,
            _ => 2,
        };
        return [.. shape.Select((length, i) => new DataAxis(
            "", length, i < shape.Count - signal ? AxisRole.Navigation : AxisRole.Signal))];
    }
}
