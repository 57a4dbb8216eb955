namespace DklActors.Instruments.Ports;

/// <summary>The beam blanker.</summary>
/// <remarks>
/// Implementations must be safe to call from any thread at any time: <see cref="Blank"/> is called by the lease
/// clock's own thread while another call may be under way.
/// </remarks>
public interface IBeam
{
    /// <summary>Lets the beam onto the sample. Only the holder of an exposure lease may call it.</summary>
    /// <exception cref="InstrumentException">The instrument refused or did not answer.</exception>
    void Unblank();

    /// <summary>Blanks the beam; does nothing when it is blanked already.</summary>
    /// <exception cref="InstrumentException">The instrument refused or did not answer.</exception>
    void Blank();

    /// <summary>Reads the blanker's state back from the hardware, not from what was last asked of it.</summary>
    bool IsBlanked { get; }
}
