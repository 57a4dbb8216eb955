using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;

namespace DklActors.Host.Watching.Linking;

/// <summary>A beam that is not unblanked unless a watchdog would blank it.</summary>
internal sealed class WatchedBeam(IBeam beam, WatchedBlanker watched) : ISharedBeam
{
    private long _before;

    public bool IsBlanked => beam.IsBlanked;

    public bool WasTakenAway =>
        beam is ISharedBeam { WasTakenAway: true } || watched.Interruptions != Interlocked.Read(ref _before);

    /// <exception cref="BeamHeldException">The watchdog is not armed; the beam stays blanked.</exception>
    public void Unblank()
    {
        Interlocked.Exchange(ref _before, watched.Interruptions);
        if (watched.Trouble is { } trouble)
        {
            throw new BeamHeldException(trouble);
        }

        beam.Unblank();
    }

    public void Blank() => beam.Blank();
}
