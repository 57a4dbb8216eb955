using DklActors.Messages.Units;

namespace DklActors.Instruments.Ports;

/// <summary>What is known of an instrument before it has measured anything; a run is estimated from it.</summary>
/// <param name="FrameLength">Counts in one frame.</param>
/// <param name="PixelSize">Edge of a pixel of the structural image; null where only the survey tells.</param>
/// <param name="Settle">From the order to move until the probe stands.</param>
/// <param name="ReadOut">From the end of an exposure until the frame is there.</param>
public sealed record InstrumentFacts(int FrameLength, Nanometre? PixelSize, TimeSpan Settle, TimeSpan ReadOut);
