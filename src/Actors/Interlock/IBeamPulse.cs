namespace DklActors.Actors.Interlock;

/// <summary>
/// Shows that what blanks the beam in time is alive: the lease clock's own thread, and the lock under which it blanks.
/// </summary>
public interface IBeamPulse
{
    /// <summary>Asks for a sign of life; does not wait for it.</summary>
    void Ask();

    /// <summary>Signs of life so far: one more than before <see cref="Ask"/> soon after it.</summary>
    long Looks { get; }
}
