using System.Globalization;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Merlin;

/// <summary>
/// Frames of a Merlin or Medipix3 detector of Quantum Detectors (<c>.mib</c>), each behind a text header. The scan is
/// that of the <c>.hdr</c> file beside it; else a square one where the number of frames is a square.
/// </summary>
/// <remarks>Big-endian. The raw order of 1, 6 and 12 bits is that of words of 64 bits, the last pixel first.</remarks>
public sealed class MerlinContainer : SignalContainer
{
    private readonly DataFile _file;

    private MerlinContainer(DataFile file)
        : base(file.Path)
    {
        _file = file;
        MerlinHeader header = MerlinHeader.Read(file);
        long stride = header.Bytes + header.FrameBytes;
        long frames = file.Length / stride;
        if (file.Length % stride != 0 || frames > int.MaxValue)
        {
            throw new DataFileException(
                Path, null, $"frames of {stride} bytes are announced, and {file.Length} bytes are {frames} of them and "
                + $"{file.Length % stride} more", "the file is truncated or damaged, copy it again");
        }

        int pixels = header.Rows * header.Columns;
        (ElementType type, ElementStore store) = header.Kind == 'U'
            ? (new ElementType('u', header.Bits / 8, true),
                new FramedElements(file, header.Bytes, stride, pixels, header.Bits / 8))
            : (new ElementType('u', header.Bits <= 6 ? 1 : 2, false),
                (ElementStore)new MerlinRawElements(file, header, (int)frames));
        (int rows, int columns) = ScanOf(path: file.Path, (int)frames);
        IReadOnlyList<int> scan = frames == 1 ? [] : rows == 1 ? [columns] : [rows, columns];
        int[] shape = [.. scan, header.Rows, header.Columns];
        DataAxis[] axes =
        [
            .. scan.Select((length, i) => new DataAxis(i == scan.Count - 1 ? "x" : "y", length, AxisRole.Navigation)),
            new DataAxis(frames == 1 ? "y" : "ky", header.Rows, AxisRole.Signal),
            new DataAxis(frames == 1 ? "x" : "kx", header.Columns, AxisRole.Signal),
        ];
        var table = new MetadataTable();
        table.AddPositive(MetadataKeys.Exposure, header.Exposure);
        table.Add(MetadataKeys.Detector, $"Merlin {header.Fields[7].Trim()}");
        table.Add(MetadataKeys.Date, header.Fields.Count > 9 ? header.Fields[9] : null);
        AddSignals(
        [
            new DataSignal("patterns", axes, () => new DataArray(type, shape, store)
            {
                Axes = axes,
                Metadata = table.Entries,
            }),
        ]);
    }

    public override string Format => "Merlin frames (.mib)";

    /// <exception cref="DataFileException">Unreadable, no such file, or damaged.</exception>
    public static new MerlinContainer Open(string path)
    {
        DataFile file = DataFile.Open(path);
        try
        {
            return new MerlinContainer(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();

    private static (int Rows, int Columns) ScanOf(string path, int frames)
    {
        if (FramesPerTrigger(System.IO.Path.ChangeExtension(path, ".hdr")) is { } columns and > 0
            && frames % columns == 0)
        {
            return (frames / columns, columns);
        }

        int edge = (int)Math.Round(Math.Sqrt(frames));
        return edge > 1 && edge * edge == frames ? (edge, edge) : (1, frames);
    }

    private static int? FramesPerTrigger(string path)
    {
        const long LargestHeaderFile = 1 << 20;
        const string Key = "Frames per Trigger";
        if (!File.Exists(path) || new FileInfo(path).Length > LargestHeaderFile)
        {
            return null;
        }

        try
        {
            string? line = File.ReadLines(path)
                .FirstOrDefault(static text => text.StartsWith(Key, StringComparison.OrdinalIgnoreCase));
            return int.TryParse(
                line?[(line.LastIndexOf(':') + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture,
                out int count)
                ? count
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A header file that cannot be read is as good as none.
            return null;
        }
    }
}
