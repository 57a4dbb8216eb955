using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>A recorded structural image and the frames on its grid, checked and held in memory.</summary>
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

    /// <summary>Energy axis of the spectra; null for patterns.</summary>
    public EnergyAxis? EnergyAxis { get; }

    /// <summary>Detector pixels of a pattern; null for spectra.</summary>
    public GridShape? PatternShape { get; }

    /// <summary>Frames as stored, rows × columns × frame.</summary>
    internal NpyArray Frames { get; }

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
