using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Usid;

/// <summary>
/// Reads the N-dimensional Spectroscopy and Imaging Data model (<c>.h5</c> or <c>.hf5</c>, pyNSID): datasets whose
/// dimensions are attached as dimension scales, each with name, unit and type.
/// </summary>
internal static class NsidReader
{
    private const string Scales = "DIMENSION_LIST";

    public static Hdf5Layout? Read(string file, Hdf5Group root)
    {
        Dictionary<long, Hdf5Dataset> byAddress = root.Descendants().OfType<Hdf5Dataset>()
            .GroupBy(static dataset => dataset.Address).ToDictionary(static it => it.Key, static it => it.First());
        List<DataSignal> signals = [];
        foreach (Hdf5Dataset main in byAddress.Values
            .Where(static dataset => dataset.IsNumeric && dataset.Find(Scales) is not null)
            .OrderBy(static dataset => dataset.Path, StringComparer.Ordinal))
        {
            IReadOnlyList<IReadOnlyList<long>> scales = main.Find(Scales)!.References;
            (DataAxis Axis, string Type)[] axes =
            [
                .. main.Shape.Select((length, i) => AxisOf(
                    i < scales.Count && scales[i] is [var address, ..] ? byAddress.GetValueOrDefault(address) : null,
                    length)),
            ];
            signals.Add(Hdf5Layout.SignalOf(
                file, main.Text("title") ?? main.Path.TrimStart('/'), main, WithRoles(axes), MetadataOf(main)));
        }

        return signals.Count > 0 ? new Hdf5Layout("NSID", signals) : null;
    }

    private static (DataAxis Axis, string Type) AxisOf(Hdf5Dataset? scale, int length) => (
        AxisValues.AxisOf(
            scale?.Text("name") ?? scale?.Name ?? "", length, AxisRole.Signal, scale?.Text("units") ?? "",
            scale?.Numbers()),
        (scale?.Text("dimension_type") ?? "").ToUpperInvariant());

    /// <summary>What spectra or patterns extend along is theirs; with neither, the last two are an image's.</summary>
    private static DataAxis[] WithRoles((DataAxis Axis, string Type)[] axes)
    {
        bool[] isSignal =
            [.. axes.Select(static axis => axis.Type.Contains("SPECTRAL", StringComparison.Ordinal)
                || axis.Type.Contains("RECIPROCAL", StringComparison.Ordinal))];
        bool isTold = isSignal.Contains(true);
        return [.. axes.Select((axis, i) => axis.Axis with
        {
            Role = (isTold ? isSignal[i] : i >= axes.Length - 2) ? AxisRole.Signal : AxisRole.Navigation,
        })];
    }

    private static IReadOnlyDictionary<string, string> MetadataOf(Hdf5Dataset main)
    {
        var table = new MetadataTable();
        table.Add(MetadataKeys.ValueUnit, main.Text("units"));
        table.Add(MetadataKeys.SignalType, main.Text("data_type"));
        foreach (Hdf5Attribute attribute in main.Attributes.Where(static it => it.References.Count == 0))
        {
            table.Add(attribute.Name, attribute.Text);
        }

        return table.Entries;
    }
}
