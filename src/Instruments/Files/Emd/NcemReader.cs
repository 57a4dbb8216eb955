using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Emd;

/// <summary>
/// Reads the Electron Microscopy Dataset of NCEM (<c>.emd</c>, emdatasets.com): groups marked with
/// <c>emd_group_type</c>, each with an array and one dataset <c>dimN</c> for each of its dimensions.
/// </summary>
internal static class NcemReader
{
    private const string Mark = "emd_group_type";

    public static Hdf5Layout? Read(string file, Hdf5Group root)
    {
        Hdf5Group[] groups =
        [
            .. root.Descendants().OfType<Hdf5Group>()
                .Where(static group => group.Number(Mark) is not null || group.Text(Mark) == "array"),
        ];
        List<DataSignal> signals = [];
        foreach (Hdf5Group group in groups)
        {
            Hdf5Dataset? data = group.Dataset("data") ?? group.Datasets
                .Where(static dataset => dataset.IsNumeric && !IsDimension(dataset.Name))
                .OrderByDescending(static dataset => dataset.Count).FirstOrDefault();
            if (data is not null)
            {
                string title = group.Name == "data" ? group.Path.TrimEnd('/').Split('/')[^2] : group.Name;
                signals.Add(Hdf5Layout.SignalOf(file, title, data, AxesOf(group, data), MetadataOf(root, group)));
            }
        }

        return signals.Count > 0 ? new Hdf5Layout("NCEM EMD", signals) : null;
    }

    private static bool IsDimension(string name) => name.StartsWith("dim", StringComparison.Ordinal);

    private static DataAxis[] AxesOf(Hdf5Group group, Hdf5Dataset data)
    {
        // Counted from 1, or from 0 in later versions.
        int first = group.Dataset("dim0") is null ? 1 : 0;
        DataAxis[] axes =
        [
            .. data.Shape.Select((length, i) => AxisOf(group.Dataset($"dim{i + first}"), length)),
        ];
        bool[] isEnergy = [.. axes.Select(static axis => axis.ElectronVoltsPerUnit is not null)];
        int signal = isEnergy.Contains(true) ? 1 : Math.Min(axes.Length, 2);
        for (int i = 0; i < axes.Length; i++)
        {
            bool isSignal = signal == 1 ? isEnergy[i] : i >= axes.Length - signal;
            axes[i] = axes[i] with { Role = isSignal ? AxisRole.Signal : AxisRole.Navigation };
        }

        return axes;
    }

    private static DataAxis AxisOf(Hdf5Dataset? dimension, int length)
    {
        // The unit stands in brackets, with underscores between its parts, as in [n_m].
        string unit = (dimension?.Text("units") ?? "").Trim('[', ']').Replace("_", "", StringComparison.Ordinal);
        return AxisValues.AxisOf(
            dimension?.Text("name") ?? "", length, AxisRole.Signal, unit is "pixels" or "px" ? "" : unit,
            dimension?.Numbers());
    }

    private static IReadOnlyDictionary<string, string> MetadataOf(Hdf5Group root, Hdf5Group group)
    {
        var table = new MetadataTable();
        double? voltage = root.Group("microscope") is { } microscope
            ? microscope.Number("accelerating voltage") ?? microscope.Number("voltage")
                ?? microscope.Number("accelerating_voltage")
            : null;
        // Written in V by some and in kV by others; nobody images at less than 1 kV or more than 5,000.
        table.AddPositive(MetadataKeys.BeamEnergy, voltage, voltage > 5000 ? 1e-3 : 1);
        foreach (string name in new[] { "microscope", "sample", "user", "comments", "metadata" })
        {
            if (root.Group(name) is { } part)
            {
                Hdf5Layout.Flatten(table, part, name);
            }
        }

        foreach (Hdf5Attribute attribute in group.Attributes.Where(static it => it.Name != Mark))
        {
            table.Add(attribute.Name, attribute.Text);
        }

        return table.Entries;
    }
}
