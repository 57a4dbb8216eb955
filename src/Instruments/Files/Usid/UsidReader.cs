using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Usid;

/// <summary>
/// Reads the Universal Spectroscopy and Imaging Data model (<c>.h5</c>, pycroscopy): a main dataset of positions ×
/// spectroscopic values, with four datasets that say where on which dimension each row and each column lies.
/// </summary>
internal static class UsidReader
{
    private static readonly string[] Ancillary =
        ["Position_Indices", "Position_Values", "Spectroscopic_Indices", "Spectroscopic_Values"];

    public static Hdf5Layout? Read(string file, Hdf5Group root)
    {
        IReadOnlyList<Hdf5Object> all = root.Descendants();
        Dictionary<long, Hdf5Dataset> byAddress = all.OfType<Hdf5Dataset>()
            .GroupBy(static dataset => dataset.Address).ToDictionary(static it => it.Key, static it => it.First());
        List<DataSignal> signals = [];
        foreach (Hdf5Dataset main in byAddress.Values
            .Where(static dataset => dataset.Shape.Count == 2 && Ancillary.All(name => dataset.Find(name) is not null))
            .OrderBy(static dataset => dataset.Path, StringComparer.Ordinal))
        {
            Hdf5Dataset?[] parts = [.. Ancillary.Select(name => Referred(main, name, byAddress))];
            if (parts is not [{ } positions, { } positionValues, { } spectra, { } spectraValues])
            {
                throw new DataFileException(
                    file, null, $"the main dataset {main.Path} refers to datasets that are not there",
                    "save it again with pyUSID");
            }

            DataAxis[] rows = UsidDimensions.Read(positions, positionValues, main.Shape[0], AxisRole.Navigation);
            DataAxis[] columns = UsidDimensions.Read(spectra, spectraValues, main.Shape[1], AxisRole.Signal);
            DataAxis[] axes = [.. rows, .. columns];
            // A place that is always the same, or a single value, is no dimension.
            DataAxis[] kept = [.. axes.Where(static axis => axis.Length > 1)];
            kept = kept.Length > 0 ? kept : axes;
            if (!kept.Any(static axis => axis.Role == AxisRole.Signal) && kept.Length == 2)
            {
                kept = [.. kept.Select(static axis => axis with { Role = AxisRole.Signal })];
            }

            signals.Add(Hdf5Layout.SignalOf(
                file, main.Name, main, kept, MetadataOf(main), [.. kept.Select(static axis => axis.Length)]));
        }

        return signals.Count > 0 ? new Hdf5Layout("USID", signals) : null;
    }

    private static Hdf5Dataset? Referred(
        Hdf5Dataset main, string attribute, Dictionary<long, Hdf5Dataset> byAddress) =>
        main.Find(attribute)?.References is [[var address, ..], ..] ? byAddress.GetValueOrDefault(address) : null;

    private static IReadOnlyDictionary<string, string> MetadataOf(Hdf5Dataset main)
    {
        var table = new MetadataTable();
        table.Add(MetadataKeys.ValueUnit, main.Text("units"));
        foreach (Hdf5Attribute attribute in main.Attributes)
        {
            table.Add(attribute.Name, attribute.Text);
        }

        return table.Entries;
    }
}
