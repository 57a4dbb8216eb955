using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Ports;

/// <summary>An instrument that can say what every point would give: preacquired and simulated ones.</summary>
/// <remarks>For scoring a finished experiment only; nothing that decides may see it.</remarks>
public interface IKnownTruth
{
    /// <summary>Whether <see cref="FrameAt"/> is free of counting noise.</summary>
    bool IsNoiseFree { get; }

    /// <summary>The true frame (or the recorded one) at a grid point.</summary>
    Frame FrameAt(GridPoint point);

    /// <summary>
    /// A frame such as one exposure gives, with its counting noise, but without its time and dose: for comparing
    /// strategies on many seeds.
    /// </summary>
    Frame MeasuredAt(GridPoint point, long seed);
}
