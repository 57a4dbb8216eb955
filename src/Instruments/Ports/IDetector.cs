using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Ports;

/// <summary>The spectrometer or pixelated detector. One exposure at a time: arm → expose → read out.</summary>
/// <remarks>
/// The beam is not the detector's business: the caller unblanks before <see cref="ExposeAsync"/> and blanks after
/// it, so that the read-out, during which the probe may already move on, happens with the beam blanked.
/// </remarks>
public interface IDetector
{
    /// <summary>Prepares for one exposure; may be called again after any failure.</summary>
    /// <exception cref="InstrumentException">Refused or lost.</exception>
    ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken);

    /// <summary>Integrates for the lease's dwell, whether or not the beam is on.</summary>
    /// <exception cref="InstrumentException">Not armed for this lease, or lost.</exception>
    ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken);

    /// <summary>Reads the exposure out.</summary>
    /// <exception cref="InstrumentException">Nothing was exposed under this lease, or lost.</exception>
    ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken);
}
