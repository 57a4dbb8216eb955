using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Emd;

/// <summary>What Velox says about one signal: JSON, one column a frame, of which the first is read.</summary>
internal sealed class VeloxMetadata
{
    private const int LargestText = 1 << 18;

    private readonly JsonObject _root;

    private VeloxMetadata(JsonObject root) => _root = root;

    public static VeloxMetadata Of(Hdf5Group signal) => new(ObjectOf(FirstColumn(signal.Dataset("Metadata"))));

    /// <summary>JSON of a dataset of texts or of a column of characters; empty where it is none.</summary>
    public static JsonObject ObjectOf(string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "{}") as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string? FirstColumn(Hdf5Dataset? dataset)
    {
        if (dataset?.ReadTexts is { } read)
        {
            return read() is [var text, ..] ? text : null;
        }

        if (dataset is not { Shape: [var rows, ..], Type.Size: 1, Store: { } store } || rows > LargestText)
        {
            return null;
        }

        int columns = dataset.Shape.Count > 1 ? dataset.Shape[1] : 1;
        byte[] bytes = new byte[rows];
        for (int i = 0; i < rows && columns > 0; i++)
        {
            store.Read((long)i * columns, bytes.AsSpan(i, 1));
            if (bytes[i] == 0)
            {
                return System.Text.Encoding.UTF8.GetString(bytes, 0, i);
            }
        }

        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    public string? Text(params ReadOnlySpan<string> path) => TextOf(_root, path);

    public double? Number(params ReadOnlySpan<string> path) => NumberOf(_root, path);

    /// <summary>A number, or a text that is one.</summary>
    public static double? NumberOf(JsonNode? node, params ReadOnlySpan<string> path) =>
        double.TryParse(TextOf(node, path), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) ? value : null;

    public static string? TextOf(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            // A name that stands twice throws when it is looked for.
            try
            {
                node = (node as JsonObject)?[name];
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        return node is JsonValue value ? value.ToString() : null;
    }

    /// <summary>A value of the detector that took the signal.</summary>
    public double? DetectorNumber(string name)
    {
        string detector = Text("BinaryResult", "Detector") ?? "";
        try
        {
            return (_root["Detectors"] as JsonObject ?? [])
                .Where(entry => detector.Length > 0
                    && (TextOf(entry.Value, "DetectorName") ?? "").Contains(detector, StringComparison.Ordinal))
                .Select(entry => NumberOf(entry.Value, name)).FirstOrDefault(static value => value is not null);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Axes along rows and columns, in nm or in reciprocal nm.</summary>
    public (DataAxis Rows, DataAxis Columns) AxesOf(int rows, int columns, AxisRole role)
    {
        return (Axis("y", rows, "height", "y", "PixelUnitY"), Axis("x", columns, "width", "x", "PixelUnitX"));

        DataAxis Axis(string name, int length, string size, string offset, string unitKey)
        {
            string unit = Text("BinaryResult", unitKey) ?? "";
            (string shown, double factor) = unit switch
            {
                "m" => ("nm", 1e9),
                "1/m" => ("1/nm", 1e-9),
                _ => (unit, 1),
            };
            double? scale = Number("BinaryResult", "PixelSize", size);
            return scale is > 0
                ? new DataAxis(
                    name, length, role, shown, scale.Value * factor,
                    ((Number("BinaryResult", "Offset", offset) ?? 0) * factor) + 0.0)
                : new DataAxis(name, length, role);
        }
    }

    public MetadataTable ToTable(string signalType)
    {
        var table = new MetadataTable();
        table.AddPositive(MetadataKeys.BeamEnergy, Number("Optics", "AccelerationVoltage"), 1e-3);
        table.AddPositive(MetadataKeys.Magnification, Number("CustomProperties", "StemMagnification", "value"));
        table.AddPositive(MetadataKeys.CameraLength, Number("Optics", "CameraLength"), 1e3);
        table.AddPositive(MetadataKeys.ConvergenceAngle, Number("Optics", "BeamConvergence"), 1e3);
        table.AddPositive(MetadataKeys.BeamCurrent, Number("Optics", "LastMeasuredScreenCurrent"), 1e9);
        table.AddPositive(MetadataKeys.Exposure, Number("Scan", "DwellTime"));
        table.Add(MetadataKeys.Detector, Text("BinaryResult", "Detector"));
        table.Add(
            MetadataKeys.Instrument,
            $"{Text("Instrument", "InstrumentClass")} {Text("Instrument", "InstrumentModel")}");
        table.Add(MetadataKeys.SignalType, signalType);
        double? start = Number("Acquisition", "AcquisitionStartDatetime", "DateTime");
        if (start is > 0 and < 1e11)
        {
            table.Add(MetadataKeys.Date, $"{DateTimeOffset.FromUnixTimeSeconds((long)start):yyyy-MM-dd HH:mm:ss} UTC");
        }

        Flatten(table, _root, "", 0);
        return table;
    }

    private static void Flatten(MetadataTable table, JsonObject node, string prefix, int depth)
    {
        const int Deepest = 5;
        try
        {
            foreach ((string name, JsonNode? value) in node)
            {
                if (value is JsonObject inner && depth < Deepest)
                {
                    Flatten(table, inner, $"{prefix}{name}.", depth + 1);
                }
                else if (value is JsonValue plain)
                {
                    table.Add(prefix + name, plain.ToString());
                }
            }
        }
        catch (ArgumentException)
        {
            // A name that stands twice: what was collected until there will do.
        }
    }
}
