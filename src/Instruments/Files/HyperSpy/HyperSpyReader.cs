using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.HyperSpy;

/// <summary>
/// Reads HyperSpy's own format (<c>.hspy</c>, versions 1 to 3): signals under <c>Experiments</c>, each with
/// <c>data</c>, <c>axis-N</c> and <c>metadata</c>; and signals that stand within the metadata of others, as the
/// structural image of an exported run does.
/// </summary>
internal static class HyperSpyReader
{
    private const string Unnamed = "__unnamed__";
    private const string InnerSignal = "_sig_";

    public static Hdf5Layout? Read(string file, Hdf5Group root)
    {
        if (root.Group("Experiments") is not { } experiments)
        {
            return null;
        }

        List<DataSignal> signals = [];
        List<(string, Func<DataArray>)> extras = [];
        foreach (Hdf5Group experiment in experiments.Groups)
        {
            Add(file, experiment, signals);
            if (experiment.Group("metadata") is not { } metadata)
            {
                continue;
            }

            foreach (Hdf5Group inner in metadata.Descendants().OfType<Hdf5Group>()
                .Where(static group => group.Name.StartsWith(InnerSignal, StringComparison.Ordinal)))
            {
                Add(file, inner, signals);
            }

            foreach (Hdf5Dataset own in (metadata.Group("DklActors")?.Datasets ?? []).Where(static it => it.IsNumeric))
            {
                extras.Add((own.Name, () => own.ToArray(file)));
            }
        }

        return signals.Count > 0
            ? new Hdf5Layout("HyperSpy", signals) { Extras = extras }
            : throw new DataFileException(
                file, null, "there is no signal under Experiments", "save it again with HyperSpy");
    }

    private static void Add(string file, Hdf5Group signal, List<DataSignal> signals)
    {
        if (signal.Dataset("data") is not { } data)
        {
            return;
        }

        Hdf5Group[] axisGroups = [.. Enumerable.Range(0, data.Shape.Count).Select(i => signal.Group($"axis-{i}"))
            .OfType<Hdf5Group>()];
        IReadOnlyList<DataAxis> axes = axisGroups.Length == data.Shape.Count
            ? [.. axisGroups.Select((group, i) => AxisOf(group, data.Shape[i]))]
            : DataAxis.Plain(data.Shape);
        string title = TextOf(signal.Group("metadata", "General"), "title");
        if (title.Length == 0 && signal.Name != Unnamed)
        {
            title = signal.Name;
        }

        signals.Add(Hdf5Layout.SignalOf(file, title, data, axes, MetadataOf(signal)));
    }

    private static DataAxis AxisOf(Hdf5Group group, int length)
    {
        bool navigates = group.Number("navigate") is > 0 || group.Text("navigate") == "True";
        var axis = new DataAxis(
            TextOf(group, "name"), length, navigates ? AxisRole.Navigation : AxisRole.Signal,
            TextOf(group, "units"), group.Number("scale") ?? 1, (group.Number("offset") ?? 0) + 0.0);
        return group.Dataset("axis")?.Numbers() is { } values && values.Length == length
            ? axis with { Values = values, Scale = length > 1 ? (values[^1] - values[0]) / (length - 1) : 1,
                Offset = values[0] }
            : axis;
    }

    private static IReadOnlyDictionary<string, string> MetadataOf(Hdf5Group signal)
    {
        var table = new MetadataTable();
        Hdf5Group? microscope = signal.Group("metadata", "Acquisition_instrument", "TEM")
            ?? signal.Group("metadata", "Acquisition_instrument", "SEM");
        Hdf5Group? eels = microscope?.Group("Detector", "EELS");
        table.AddPositive(MetadataKeys.BeamEnergy, microscope?.Number("beam_energy"));
        table.AddPositive(MetadataKeys.BeamCurrent, microscope?.Number("beam_current"));
        table.AddPositive(MetadataKeys.Magnification, microscope?.Number("magnification"));
        table.AddPositive(MetadataKeys.CameraLength, microscope?.Number("camera_length"));
        table.AddPositive(MetadataKeys.ConvergenceAngle, microscope?.Number("convergence_angle"));
        table.AddPositive(MetadataKeys.CollectionAngle, eels?.Number("collection_angle"));
        table.AddPositive(MetadataKeys.Exposure, eels?.Number("exposure") ?? eels?.Number("dwell_time"));
        table.Add(MetadataKeys.Instrument, microscope?.Text("microscope"));
        table.Add(MetadataKeys.SignalType, signal.Group("metadata", "Signal")?.Text("signal_type"));
        table.Add(MetadataKeys.Date, signal.Group("metadata", "General")?.Text("date"));
        if (signal.Group("metadata") is { } metadata)
        {
            foreach (Hdf5Group part in metadata.Groups.Where(static part => !part.Name.StartsWith('_')))
            {
                Hdf5Layout.Flatten(table, part, part.Name);
            }
        }

        return table.Entries;
    }

    private static string TextOf(Hdf5Group? group, string attribute) =>
        group?.Text(attribute) is { } text and not "_None_" and not "<undefined>" ? text : "";
}
