using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>What a virtual detector would see: the sample's answer to the beam at a place.</summary>
internal interface IFrameSource
{
    GridShape Grid { get; }

    /// <summary>Energy axis of the spectra, or null for patterns.</summary>
    EnergyAxis? EnergyAxis { get; }

    /// <summary>Number of counts in one frame.</summary>
    int FrameLength { get; }

    /// <summary>Whether what <see cref="AddExpected"/> gives is a mean from which counts are to be drawn.</summary>
    bool DrawsCountingNoise { get; }

    /// <summary>
    /// Adds the expected counts for a beam that stood at <paramref name="place"/> for
    /// <paramref name="beamOn"/> of an exposure of <paramref name="dwell"/>.
    /// </summary>
    void AddExpected(ProbePosition place, TimeSpan beamOn, TimeSpan dwell, Span<float> expected);

    /// <summary>Makes a frame of counts in this source's shape.</summary>
    Frame ToFrame(float[] counts);
}
