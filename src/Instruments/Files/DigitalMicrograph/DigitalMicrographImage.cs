using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>
/// One image, spectrum, spectrum image or set of patterns of a DigitalMicrograph file. Dimensions stand slowest first,
/// rows before columns; an axis of energy stands last and the pixels of a pattern after the places of the probe,
/// however the file stores them.
/// </summary>
public sealed class DigitalMicrographImage
{
    private readonly DataFile _file;
    private readonly TagValue.Block _data;
    private readonly ElementType? _type;
    private readonly string? _problem;
    private readonly StoredOrder _order;

    internal DigitalMicrographImage(
        DataFile file,
        string title,
        TagValue.Block data,
        (ElementType? Type, string? Problem) pixels,
        IReadOnlyList<(int Length, AxisCalibration Calibration)> stored,
        StoredOrder order)
    {
        _file = file;
        _data = data;
        (_type, _problem) = pixels;
        _order = order;
        Title = title;
        (int Length, AxisCalibration Calibration)[] ordered = order.Apply(stored);
        Shape = [.. ordered.Select(static axis => axis.Length)];
        Axes = [.. ordered.Select(static axis => axis.Calibration)];
    }

    /// <summary>Name of the image in its file; may be empty.</summary>
    public string Title { get; }

    /// <summary>Lengths of the dimensions, slowest first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Calibration of each dimension.</summary>
    public IReadOnlyList<AxisCalibration> Axes { get; }

    /// <summary>What a stored value means; <see cref="Read"/> gives values as stored.</summary>
    public required IntensityCalibration Intensity { get; init; }

    /// <summary>What the tags say about instrument and acquisition.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = DataArray.NoMetadata;

    /// <summary>Energies of the channels, eV; null where the last axis is none of energy.</summary>
    public double[]? Energies => ToSignal().Energies;

    /// <summary>Edge of a pixel, nm; null where rows and columns are not calibrated, or not alike.</summary>
    public double? PixelSizeInNanometres => ToSignal().PixelSizeInNanometres;

    /// <summary>The values as stored, row-major; they stay in the file.</summary>
    /// <exception cref="DataFileException">Complex or coloured pixels.</exception>
    public DataArray Read()
    {
        if (_type is not { } type)
        {
            throw new DataFileException(
                _file.Path, null, $"the pixels of '{Title}' are {_problem}, and real numbers are needed",
                "convert the image in DigitalMicrograph, such as to its modulus, and save it again");
        }

        var stored = new FileElements(_file, _data.Offset, type.Size);
        long length = Product(Shape.Skip(Shape.Count - _order.MovedCount));
        long after = Product(Shape.Skip(_order.First).Take(Shape.Count - _order.First - _order.MovedCount));
        return new DataArray(
            type, Shape, after == 1 ? stored : new TransposedElements(stored, type.Size, length, after))
        {
            Axes = DataAxes(),
            Metadata = Metadata,
        };
    }

    internal DataSignal ToSignal() => new(Title, DataAxes(), Read);

    private DataAxis[] DataAxes() =>
    [
        .. Axes.Select((axis, i) => new DataAxis(
            i >= Shape.Count - _order.SignalCount ? SignalName(axis, i) : NavigationName(i),
            Shape[i],
            i >= Shape.Count - _order.SignalCount ? AxisRole.Signal : AxisRole.Navigation,
            axis.Unit,
            axis.Scale,
            // Never minus zero, which looks like damage.
            (-axis.Origin * axis.Scale) + 0.0)),
    ];

    private string SignalName(AxisCalibration axis, int index) =>
        axis.ElectronVoltsPerUnit is not null || _order.SignalCount == 1 ? "Energy"
        : index == Shape.Count - 1 ? (Shape.Count > 2 ? "kx" : "x")
        : Shape.Count > 2 ? "ky" : "y";

    private string NavigationName(int index) => (Shape.Count - _order.SignalCount - index) switch
    {
        1 => "x",
        2 => "y",
        _ => "z",
    };

    private static long Product(IEnumerable<int> lengths) =>
        lengths.Aggregate(1L, static (product, next) => product * next);
}
