using System.Globalization;
using DklActors.Host.Commands;
using DklActors.Instruments.Files;

namespace DklActors.Host.Data;

/// <summary>What a conversion has to know of an array beyond its elements.</summary>
internal static class SignalFacts
{
    private static readonly (string Name, string Unit)[] EnergyArrays =
        [("energy", "eV"), ("energy_eV", "eV"), ("energy_keV", "keV")];

    private static readonly (string Name, string Unit)[] PixelSizeArrays =
        [("pixel_size", "nm"), ("pixel_size_nm", "nm"), ("px_nm", "nm"), ("px_um", "\u00B5m")];

    /// <summary>The array to convert where none is named: <c>data</c>, else that of most dimensions.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Pick(ArrayContainer container)
    {
        if (container.Names.Contains("data"))
        {
            return "data";
        }

        // Energies beside a few spectra of bytes may be the larger array.
        return container.Names.MaxBy(name => (container.Read(name).Shape.Count, container.Read(name).Bytes))
            ?? throw new UsageException($"{container.Path} holds no arrays.");
    }

    /// <summary>An array with the arrays that calibrate it.</summary>
    public static string[] WithCalibrations(ArrayContainer container, string name)
    {
        string suffix = name.StartsWith("data", StringComparison.Ordinal) ? name["data".Length..] : "";
        string[] calibrations = [$"energy{suffix}", $"pixel_size{suffix}"];
        return [name, .. calibrations.Where(known => known != name && container.Names.Contains(known))];
    }

    /// <summary>
    /// Axes as the file has them; those of an archive are calibrated by the arrays beside it where their names say
    /// that they are energies or a pixel size.
    /// </summary>
    public static IReadOnlyList<DataAxis> AxesOf(ArrayContainer container, string name, DataArray array)
    {
        if (array.Axes.Any(static axis => axis.Unit.Length > 0))
        {
            return array.Axes;
        }

        DataAxis[] axes = [.. array.Axes];
        foreach ((string energy, string unit) in EnergyArrays.Where(known => container.Names.Contains(known.Name)))
        {
            DataArray energies = container.Read(energy);
            if (energies.Shape is [var channels] && channels > 1 && axes.Length > 0 && axes[^1].Length == channels)
            {
                double first = energies[0];
                axes[^1] = axes[^1] with
                {
                    Name = "Energy",
                    Unit = unit,
                    Offset = first,
                    Scale = (energies[channels - 1] - first) / (channels - 1),
                };
            }
        }

        foreach ((string size, string unit) in PixelSizeArrays.Where(known => container.Names.Contains(known.Name)))
        {
            DataArray number = container.Read(size);
            bool isImage = axes.Length == 2 && axes[^1].Unit.Length == 0;
            for (int i = 0; number.Count == 1 && i < axes.Length; i++)
            {
                if (axes[i].Unit.Length == 0 && (isImage || axes[i].Role == AxisRole.Navigation))
                {
                    axes[i] = axes[i] with { Unit = unit, Scale = number[0] };
                }
            }
        }

        string[] names = ["x", "y", "z"];
        int navigation = axes.Count(static axis => axis.Role == AxisRole.Navigation);
        for (int i = 0; i < navigation; i++)
        {
            string plain = names[Math.Min(navigation - 1 - i, names.Length - 1)];
            axes[i] = axes[i].Name.Length > 0 ? axes[i] : axes[i] with { Name = plain };
        }

        return axes;
    }

    /// <summary>HyperSpy's type: what the file says, as far as HyperSpy knows it, else by the unit of energy.</summary>
    public static string SignalTypeOf(DataArray array, IReadOnlyList<DataAxis> axes) =>
        array.Metadata.GetValueOrDefault(MetadataKeys.SignalType) switch
        {
            { } known when known is "EELS" or "EDS_TEM" or "EDS_SEM" or "CL" => known,
            "X-ray" => "EDS_TEM",
            _ => axes.Count > 0 && axes[^1].Unit == "eV" && axes[^1].Role == AxisRole.Signal ? "EELS" : "",
        };

    public static IReadOnlyDictionary<string, double> InstrumentOf(DataArray array) => Numbers(
        array,
        ("beam_energy", MetadataKeys.BeamEnergy),
        ("beam_current", MetadataKeys.BeamCurrent),
        ("magnification", MetadataKeys.Magnification),
        ("camera_length", MetadataKeys.CameraLength),
        ("convergence_angle", MetadataKeys.ConvergenceAngle));

    public static IReadOnlyDictionary<string, double> EelsDetectorOf(DataArray array, string signalType) =>
        signalType != "EELS"
            ? new Dictionary<string, double>()
            : Numbers(
                array,
                ("collection_angle", MetadataKeys.CollectionAngle),
                ("exposure", MetadataKeys.Exposure));

    /// <summary>Distances along each axis in nm, 1/nm, mrad or eV; not a number where it is not calibrated.</summary>
    public static double[] Scales(DataArray array) =>
        [.. array.Axes.Select(static axis => axis.Scale * (UnitOf(axis) ?? double.NaN))];

    /// <summary>Values at index 0 of each axis in nm, 1/nm, mrad or eV; else not a number.</summary>
    public static double[] Offsets(DataArray array) =>
        [.. array.Axes.Select(static axis => axis.Offset * (UnitOf(axis) ?? double.NaN))];

    private static double? UnitOf(DataAxis axis) => axis.NanometresPerUnit ?? axis.ReciprocalNanometresPerUnit
        ?? axis.MilliradiansPerUnit ?? axis.ElectronVoltsPerUnit;

    private static Dictionary<string, double> Numbers(
        DataArray array, params ReadOnlySpan<(string Name, string Key)> wanted)
    {
        Dictionary<string, double> numbers = [];
        foreach ((string name, string key) in wanted)
        {
            if (array.Metadata.TryGetValue(key, out string? text)
                && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                numbers.Add(name, value);
            }
        }

        return numbers;
    }
}
