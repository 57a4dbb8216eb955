using DklActors.Instruments.Files.Elements;
using DklActors.Instruments.Files.Hdf5;

namespace DklActors.Instruments.Files.Emd;

/// <summary>
/// Reads files of Thermo Fisher Velox (<c>.emd</c>): images, EELS spectrum images, single spectra, and spectrum images
/// of X-rays, which are kept as streams of photons. Images come first, then spectrum images, then spectra.
/// </summary>
internal sealed class VeloxReader
{
    private readonly string _file;
    private readonly Hdf5Group _data;
    private readonly List<DataSignal> _signals = [];

    // Scans by shape: what spectrum images without a calibration of their own were taken along with.
    private readonly List<(int Rows, int Columns, int Frames, VeloxMetadata Metadata)> _scans = [];

    private VeloxReader(string file, Hdf5Group data)
    {
        _file = file;
        _data = data;
    }

    public static Hdf5Layout? Read(string file, Hdf5Group root)
    {
        bool isVelox = root.Group("Data") is not null
            && (root.Group("Application", "Velox") is not null
                || root.Dataset("Version")?.ReadTexts?.Invoke() is [var version, ..]
                    && version.Contains("Velox", StringComparison.Ordinal));
        return isVelox ? new VeloxReader(file, root.Group("Data")!).Read() : null;
    }

    private Hdf5Layout Read()
    {
        Hdf5Group[] streams = [.. _data.Group("SpectrumStream")?.Groups ?? []];
        foreach (Hdf5Group image in _data.Group("Image")?.Groups ?? [])
        {
            AddImage(image, streams.Length > 0);
        }

        foreach (Hdf5Group cube in _data.Group("EelsSpectrumImage")?.Groups ?? [])
        {
            AddEels(cube);
        }

        AddStreams(streams);
        foreach (Hdf5Group spectrum in _data.Group("Spectrum")?.Groups ?? [])
        {
            AddSpectrum(spectrum);
        }

        return _signals.Count > 0
            ? new Hdf5Layout("Velox EMD", _signals)
            : throw new DataFileException(
                _file, null, "this Velox file holds no image, spectrum or stream of X-rays (a pruned spectrum image is "
                + "not read by anyone but Velox)", "save it from Velox without pruning, or export it");
    }

    private void AddImage(Hdf5Group image, bool isSpectrumImage)
    {
        if (image.Dataset("Data") is not { Shape: [var rows, var columns, var frames] } data)
        {
            return;
        }

        var metadata = VeloxMetadata.Of(image);
        _scans.Add((rows, columns, frames, metadata));
        (DataAxis y, DataAxis x) = metadata.AxesOf(rows, columns, AxisRole.Signal);
        string title = metadata.Text("BinaryResult", "Detector") ?? "";
        var entries = metadata.ToTable("").Entries;
        if (frames == 1)
        {
            _signals.Add(Hdf5Layout.SignalOf(_file, title, data, [y, x], entries, [rows, columns]));
            return;
        }

        var frame = new DataAxis("frame", frames, AxisRole.Navigation);
        DataSignal stack = Hdf5Layout.Ordered(_file, title, data, data.Shape, [frame, y, x], [2, 0, 1], entries);
        // Beside a spectrum image the frames are repetitions, and their mean is the image of the scan.
        _signals.Add(isSpectrumImage
            ? new DataSignal(title, [y, x], () => Mean(stack.Read(), [y, x], entries))
            : stack);
    }

    private static DataArray Mean(DataArray stack, DataAxis[] axes, IReadOnlyDictionary<string, string> metadata)
    {
        int pixels = checked(stack.Shape[1] * stack.Shape[2]);
        double[] sum = new double[pixels];
        float[] frame = new float[pixels];
        for (int i = 0; i < stack.Shape[0]; i++)
        {
            stack.CopyFrame(i, frame);
            for (int k = 0; k < pixels; k++)
            {
                sum[k] += frame[k];
            }
        }

        double[] mean = Array.ConvertAll(sum, value => value / stack.Shape[0]);
        DataArray values = DataArray.Of(mean, [stack.Shape[1], stack.Shape[2]]);
        return values.With(axes, metadata);
    }

    // Stored as columns × channels × rows.
    private void AddEels(Hdf5Group cube)
    {
        if (cube.Dataset("Data") is not { Shape: [var columns, var channels, var rows] } data)
        {
            return;
        }

        var metadata = VeloxMetadata.Of(cube);
        var acquisition = VeloxMetadata.ObjectOf(VeloxMetadata.FirstColumn(cube.Dataset("AcquisitionMetadata")));
        double? dispersion = VeloxMetadata.NumberOf(acquisition, "Data", "dispersion");
        double? offset = VeloxMetadata.NumberOf(acquisition, "Data", "offset");
        (DataAxis y, DataAxis x) = NavigationOf(rows, columns, metadata);
        DataAxis energy = dispersion is > 0 && offset is not null
            ? new DataAxis("Energy loss", channels, AxisRole.Signal, "eV", dispersion.Value, offset.Value)
            : new DataAxis("Energy loss", channels, AxisRole.Signal);
        var table = new MetadataTable();
        table.AddPositive(MetadataKeys.Exposure, VeloxMetadata.NumberOf(acquisition, "Data", "exposureTime"));
        foreach ((string name, string text) in metadata.ToTable("EELS").Entries)
        {
            table.Add(name, text);
        }

        string title = offset is null ? "EELS" : $"EELS from {MetadataKeys.TextOf(offset.Value)} eV";
        _signals.Add(Hdf5Layout.Ordered(
            _file, title, data, data.Shape, [y, x, energy], [2, 0, 1], table.Entries));
    }

    private void AddStreams(IReadOnlyList<Hdf5Group> groups)
    {
        List<(Hdf5Group Group, Hdf5Dataset Data)> found =
        [
            .. groups.Where(static group => group.Dataset("Data") is not null)
                .Select(static group => (group, group.Dataset("Data")!)),
        ];
        if (found.Count == 0)
        {
            return;
        }

        Hdf5Group first = found[0].Group;
        var settings = VeloxMetadata.ObjectOf(VeloxMetadata.FirstColumn(first.Dataset("AcquisitionSettings")));
        int channels = (int)Math.Clamp(VeloxMetadata.NumberOf(settings, "bincount") ?? 4096, 1, 65535);
        (ushort[] Photons, int[] Starts)[] streams =
        [
            .. found.Select(it => VeloxStream.Read(_file, it.Data)).OfType<(ushort[], int[])>(),
        ];
        if (streams.Length == 0)
        {
            return;
        }

        int frames = first.Dataset("FrameLocationTable")?.Shape is [var count, ..] ? count : 0;
        (int Rows, int Columns, int Frames)[] shapes =
        [
            .. _scans.Select(scan => (scan.Rows, scan.Columns, frames > 0 ? frames : scan.Frames)),
            ((int)(VeloxMetadata.NumberOf(settings, "RasterScanDefinition", "Height") ?? 0),
                (int)(VeloxMetadata.NumberOf(settings, "RasterScanDefinition", "Width") ?? 0), Math.Max(frames, 1)),
        ];
        (int rows, int columns, _) = shapes.FirstOrDefault(shape => Fits(shape, streams[0].Starts.Length));
        if (rows == 0)
        {
            throw new DataFileException(
                _file, null, $"the stream of X-rays has {streams[0].Starts.Length} spectra, which fits the pixels and "
                + "frames of no scan in the file", "the file is damaged or still being written, save it again");
        }

        var metadata = VeloxMetadata.Of(first);
        (DataAxis y, DataAxis x) = NavigationOf(rows, columns, metadata);
        DataAxis energy = EnergyOf(metadata, channels);
        var entries = metadata.ToTable("EDS_TEM").Entries;
        DataAxis[] axes = [y, x, energy];
        int[] shape = [rows, columns, channels];
        var store = new VeloxStream(streams, rows * columns, channels);
        string title = streams.Length == 1 ? "EDS" : $"EDS, sum of {streams.Length} detectors";
        _signals.Add(new DataSignal(title, axes, () => new DataArray(ElementType.Of<uint>(), shape, store)
        {
            Axes = axes,
            Metadata = entries,
        }));
    }

    // The last frame may have been stopped, and its last spectrum be without its mark.
    private static bool Fits((int Rows, int Columns, int Frames) shape, int spectra)
    {
        long pixels = (long)shape.Rows * shape.Columns;
        return pixels > 0 && pixels <= int.MaxValue && spectra > pixels * (shape.Frames - 1)
            && spectra <= (pixels * shape.Frames) + 1;
    }

    private void AddSpectrum(Hdf5Group spectrum)
    {
        if (spectrum.Dataset("Data") is not { Shape: [var channels, 1] } data)
        {
            return;
        }

        var metadata = VeloxMetadata.Of(spectrum);
        _signals.Add(Hdf5Layout.SignalOf(
            _file, metadata.Text("BinaryResult", "Detector") ?? "EDS", data, [EnergyOf(metadata, channels)],
            metadata.ToTable("EDS_TEM").Entries, [channels]));
    }

    private (DataAxis Rows, DataAxis Columns) NavigationOf(int rows, int columns, VeloxMetadata own)
    {
        (DataAxis y, DataAxis x) = own.AxesOf(rows, columns, AxisRole.Navigation);
        if (y.Unit.Length > 0)
        {
            return (y, x);
        }

        return _scans.Where(scan => scan.Rows == rows && scan.Columns == columns)
            .Select(scan => scan.Metadata.AxesOf(rows, columns, AxisRole.Navigation))
            .Where(static axes => axes.Rows.Unit.Length > 0).DefaultIfEmpty((y, x)).First();
    }

    private static DataAxis EnergyOf(VeloxMetadata metadata, int channels) =>
        metadata.DetectorNumber("Dispersion") is { } dispersion and > 0
            ? new DataAxis(
                "X-ray energy", channels, AxisRole.Signal, "keV", dispersion / 1000,
                (metadata.DetectorNumber("OffsetEnergy") ?? 0) / 1000)
            : new DataAxis("X-ray energy", channels, AxisRole.Signal);
}
