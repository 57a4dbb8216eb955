namespace DklActors.Journal.Export.HyperSpy;

/// <summary>A signal to be written for HyperSpy.</summary>
/// <param name="Title">What people call it.</param>
/// <param name="SignalType">HyperSpy's type, such as <c>EELS</c>; empty for a plain signal.</param>
/// <param name="ElementType">NumPy's name of the type of its elements.</param>
/// <param name="Axes">Its dimensions, slowest first, those of the probe before those of the detector.</param>
/// <param name="Elements">Row-major and little-endian, in pieces that together fill the axes.</param>
public sealed record HyperSpySignal(
    string Title,
    string SignalType,
    string ElementType,
    IReadOnlyList<HyperSpyAxis> Axes,
    IEnumerable<ReadOnlyMemory<byte>> Elements)
{
    /// <summary>Numbers under <c>Acquisition_instrument.TEM</c>, in HyperSpy's names and units.</summary>
    public IReadOnlyDictionary<string, double> Instrument { get; init; } = new Dictionary<string, double>();

    /// <summary>Numbers under <c>Acquisition_instrument.TEM.Detector.EELS</c>.</summary>
    public IReadOnlyDictionary<string, double> EelsDetector { get; init; } = new Dictionary<string, double>();

    /// <summary>What the file said that it was read from.</summary>
    public IReadOnlyDictionary<string, string> Original { get; init; } = new Dictionary<string, string>();
}
