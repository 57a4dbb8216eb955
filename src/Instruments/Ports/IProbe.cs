using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Ports;

/// <summary>The probe's place in the scan window.</summary>
public interface IProbe
{
    /// <summary>The scan window within which the probe may be placed, in px of the structural image.</summary>
    GridShape ScanWindow { get; }

    /// <summary>Asks for a position and waits until the probe has settled.</summary>
    /// <exception cref="InstrumentException">Outside the scan window, refused, or lost.</exception>
    ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken);

    /// <summary>Where the probe is now, as the hardware reports it.</summary>
    ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken);
}
