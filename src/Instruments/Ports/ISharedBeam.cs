namespace DklActors.Instruments.Ports;

/// <summary>A blanker that others can reach too, such as a watchdog outside the process.</summary>
public interface ISharedBeam : IBeam
{
    /// <summary>
    /// Whether somebody else may have blanked the beam since it was last unblanked here: what was exposed meanwhile
    /// had less beam than it was asked for. Asked after <see cref="IBeam.Blank"/>; must answer at once.
    /// </summary>
    bool WasTakenAway { get; }
}
