using System.Buffers.Binary;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Blockfile;

/// <summary>
/// A block file of NanoMEGAS ASTAR (<c>.blo</c>): <c>data</c>, the patterns, rows × columns × ky × kx, and
/// <c>data-2</c>, the virtual bright field that the acquisition made of them.
/// </summary>
/// <remarks>Little-endian; fields after the reader of HyperSpy, whose authors found them out.</remarks>
public sealed class BlockfileContainer : SignalContainer
{
    private const int HeaderBytes = 54;
    private const ushort Magic = 0x0102;
    private const int PatternHeaderBytes = 6;
    private const ushort PatternMagic = 0x55AA;

    private readonly DataFile _file;

    private BlockfileContainer(DataFile file)
        : base(file.Path)
    {
        _file = file;
        byte[] head = file.Read(0, HeaderBytes);
        if (!head.AsSpan().StartsWith("IMGBLO"u8))
        {
            throw Damage("the mark IMGBLO is missing, this is no block file");
        }

        if (Word(6) != Magic)
        {
            throw Damage($"it is marked {Word(6):X4} where {Magic:X4} is expected, another byte order or version");
        }

        long image = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
        long patterns = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12));
        (int size, int columns, int rows) = (Word(20), Word(24), Word(26));
        long stride = PatternHeaderBytes + ((long)size * size);
        long end = patterns + (stride * rows * columns);
        if (size == 0 || rows == 0 || columns == 0 || end > file.Length)
        {
            throw Damage(
                $"{rows} × {columns} patterns of {size} × {size} need {end} bytes, and the file has {file.Length}");
        }

        byte[] first = file.Read(patterns, PatternHeaderBytes);
        if (BinaryPrimitives.ReadUInt16LittleEndian(first) != PatternMagic)
        {
            throw Damage($"no pattern begins at byte {patterns}");
        }

        double columnStep = BinaryPrimitives.ReadDoubleLittleEndian(head.AsSpan(30));
        double rowStep = BinaryPrimitives.ReadDoubleLittleEndian(head.AsSpan(38));
        double? scale = Word(50) > 0 ? 100.0 / Word(50) : null;
        DataAxis[] scan =
        [
            Scan("y", rows, rowStep, AxisRole.Navigation), Scan("x", columns, columnStep, AxisRole.Navigation),
        ];
        DataAxis[] axes = [.. scan, Pattern("ky"), Pattern("kx")];
        IReadOnlyDictionary<string, string> metadata = MetadataOf();
        List<DataSignal> signals =
        [
            Signal("patterns", axes, metadata,
                new FramedElements(file, patterns + PatternHeaderBytes, stride, size * size, 1)),
        ];
        if (image >= HeaderBytes && image + ((long)rows * columns) <= patterns)
        {
            DataAxis[] bright = [.. scan.Select(static axis => axis with { Role = AxisRole.Signal })];
            signals.Add(Signal("virtual bright field", bright, metadata, new FileElements(file, image, 1)));
        }

        AddSignals(signals);

        int Word(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(offset));

        DataAxis Scan(string name, int length, double step, AxisRole role) => step > 0 && double.IsFinite(step)
            ? new DataAxis(name, length, role, "nm", step)
            : new DataAxis(name, length, role);

        DataAxis Pattern(string name) => scale is { } centimetres
            ? new DataAxis(name, size, AxisRole.Signal, "cm", centimetres)
            : new DataAxis(name, size, AxisRole.Signal);

        IReadOnlyDictionary<string, string> MetadataOf()
        {
            var table = new MetadataTable();
            table.AddPositive(MetadataKeys.BeamEnergy, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(46)), 1e-3);
            byte[] rest = file.ReadUpTo(HeaderBytes - 2, 4);
            table.AddPositive(
                MetadataKeys.CameraLength,
                rest.Length == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(rest) : null, 0.1);
            table.Add("scan_rotation_degrees", Word(28) / 100.0);
            table.Add("pattern_rotation", Word(22));
            return table.Entries;
        }
    }

    public override string Format => "block file (.blo)";

    /// <exception cref="DataFileException">Unreadable, no such file, or damaged.</exception>
    public static new BlockfileContainer Open(string path)
    {
        DataFile file = DataFile.Open(path);
        try
        {
            return new BlockfileContainer(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();

    private static DataSignal Signal(
        string title, DataAxis[] axes, IReadOnlyDictionary<string, string> metadata, ElementStore store) => new(
            title, axes,
            () => new DataArray(new ElementType('u', 1, false), [.. axes.Select(static it => it.Length)], store)
            {
                Axes = axes,
                Metadata = metadata,
            });

    private DataFileException Damage(string problem) =>
        new(Path, null, problem, "the file is truncated or damaged, copy or save it again");
}
