using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>
/// A TIFF or BigTIFF file: pages of the same size and type are one stack, others a signal each. Grey images of 8 to 64
/// bits, in strips or tiles, plain or compressed with LZW, deflate or PackBits.
/// </summary>
public sealed class TiffContainer : SignalContainer
{
    private readonly DataFile _file;

    private TiffContainer(DataFile file)
        : base(file.Path)
    {
        _file = file;
        var reader = new TiffReader(file);
        List<TiffDirectory> directories = reader.ReadDirectories();
        if (directories.Count == 0)
        {
            throw reader.Damage("there is no page in it");
        }

        TiffPage[] pages = [.. directories.Select(page => TiffPage.Read(reader, page))];
        TiffPage first = pages[0];
        int stored = TiffCalibration.StackOf(first);
        bool isAlike = pages.All(
            page => page.Rows == first.Rows && page.Columns == first.Columns && page.Type == first.Type);
        if (pages.Length == 1 && stored > 1 && first.PlainOffset is { } offset
            && offset + ((double)first.Rows * first.Columns * first.Type.Size * stored) <= file.Length)
        {
            // ImageJ writes one page alone for a stack beyond 4 GB, and the images behind each other.
            AddSignals([SignalOf(first, stored, first.Store)]);
        }
        else if (pages.Length > 1 && isAlike)
        {
            AddSignals([SignalOf(first, pages.Length, new StackElements(
                [.. pages.Select(static page => page.Store)], (long)first.Rows * first.Columns, first.Type.Size))]);
        }
        else
        {
            AddSignals([.. pages.Select(static page => SignalOf(page, 1, page.Store))]);
        }
    }

    public override string Format => "TIFF";

    /// <exception cref="DataFileException">
    /// Unreadable, no such file, damaged, or of a kind that is not read.
    /// </exception>
    public static new TiffContainer Open(string path)
    {
        DataFile file = DataFile.Open(path);
        try
        {
            return new TiffContainer(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Dispose() => _file.Dispose();

    private static DataSignal SignalOf(TiffPage page, int count, ElementStore store)
    {
        (double scale, string unit) = TiffCalibration.Of(page);
        DataAxis[] image =
        [
            new DataAxis("y", page.Rows, AxisRole.Signal, unit, scale),
            new DataAxis("x", page.Columns, AxisRole.Signal, unit, scale),
        ];
        DataAxis[] axes = count > 1 ? [new DataAxis("image", count, AxisRole.Navigation), .. image] : image;
        var table = new MetadataTable();
        table.Add("description", page.Directory.Text(TiffTag.Description));
        table.Add("software", page.Directory.Text(TiffTag.Software));
        table.Add(MetadataKeys.Date, page.Directory.Text(TiffTag.Date));
        TiffCalibration.AddInstrument(page, table);
        int[] shape = [.. axes.Select(static axis => axis.Length)];
        return new DataSignal("", axes, () => new DataArray(page.Type, shape, store)
        {
            Axes = axes,
            Metadata = table.Entries,
        });
    }
}
