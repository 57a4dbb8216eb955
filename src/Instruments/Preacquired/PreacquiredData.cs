using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>
/// A recorded structural image and the frames on it, checked. The image is held in memory; frames are read from their
/// file when asked for, which stays open until this is disposed.
/// </summary>
public sealed class PreacquiredData : IDisposable
{
    private readonly ArrayContainer _container;

    internal PreacquiredData(
        PreacquiredSource source,
        ArrayContainer container,
        StructuralImage image,
        DataArray frames,
        EnergyAxis? energyAxis,
        GridShape? pattern)
    {
        Source = source;
        _container = container;
        Image = image;
        Frames = frames;
        EnergyAxis = energyAxis;
        PatternShape = pattern;
    }

    public PreacquiredSource Source { get; }

    public StructuralImage Image { get; }

    /// <summary>Where on the image there are frames.</summary>
    public required FrameSites Sites { get; init; }

    /// <summary>Points to begin with that came with the data; empty where none did.</summary>
    public required IReadOnlyList<GridPoint> SeedPoints { get; init; }

    /// <summary>Energy axis of the spectra; null for patterns and values.</summary>
    public EnergyAxis? EnergyAxis { get; }

    /// <summary>Detector pixels of a pattern, one for a value; null for spectra.</summary>
    public GridShape? PatternShape { get; }

    /// <summary>Frames as stored, one after the other.</summary>
    internal DataArray Frames { get; }

    /// <summary>The same without noise; null where it is not known.</summary>
    internal DataArray? Truth { get; init; }

    /// <summary>Counts in one frame.</summary>
    internal int FrameLength => EnergyAxis?.Channels ?? PatternShape!.Value.Count;

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="DataFileException">
    /// Something is absent, damaged or does not fit; the message names file, array, what was found and expected.
    /// </exception>
    public static PreacquiredData Open(PreacquiredSource source) => PreacquiredReader.Read(source);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _container.Dispose();

    internal Frame ToFrame(float[] counts) => EnergyAxis is { } axis
        ? new SpectrumFrame(axis, counts)
        : new PatternFrame(PatternShape!.Value, counts);
}
