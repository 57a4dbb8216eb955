using DklActors.Messages.Frames;

namespace DklActors.Instruments.Ports;

/// <summary>Takes the structural image.</summary>
public interface ISurvey
{
    /// <summary>Longest time that one scan takes, as the instrument states it; the beam is on for no longer.</summary>
    TimeSpan Duration { get; }

    /// <summary>Acquires the structural image; blanks the beam before it returns, whatever happened.</summary>
    /// <exception cref="InstrumentException">Refused or lost.</exception>
    ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken);
}
