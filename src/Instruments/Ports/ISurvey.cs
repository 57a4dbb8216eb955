using DklActors.Messages.Frames;

namespace DklActors.Instruments.Ports;

/// <summary>Takes the structural image.</summary>
public interface ISurvey
{
    /// <summary>Acquires the structural image; blanks the beam before it returns, whatever happened.</summary>
    /// <exception cref="InstrumentException">Refused or lost.</exception>
    ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken);
}
