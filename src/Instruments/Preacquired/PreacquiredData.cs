using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>A recorded structural image and the frames on it, checked and held in memory.</summary>
public sealed class PreacquiredData
{
    internal PreacquiredData(
        PreacquiredSource source, StructuralImage image, NpyArray frames, EnergyAxis? energyAxis, GridShape? pattern)
    {
        Source = source;
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
    internal NpyArray Frames { get; }

    /// <summary>The same without noise; null where it is not known.</summary>
    internal NpyArray? Truth { get; init; }

    /// <summary>Counts in one frame.</summary>
    internal int FrameLength => EnergyAxis?.Channels ?? PatternShape!.Value.Count;

    /// <summary>Reads and checks everything.</summary>
    /// <exception cref="DataFileException">
    /// Something is absent, damaged or does not fit; the message names file, array, what was found and expected.
    /// </exception>
    public static PreacquiredData Open(PreacquiredSource source) => PreacquiredReader.Read(source);

    internal Frame ToFrame(float[] counts) => EnergyAxis is { } axis
        ? new SpectrumFrame(axis, counts)
        : new PatternFrame(PatternShape!.Value, counts);
}
