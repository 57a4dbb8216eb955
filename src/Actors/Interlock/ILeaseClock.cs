namespace DklActors.Actors.Interlock;

/// <summary>Calls the beam guard when something may be due, and nobody's convenience can keep it from doing so.</summary>
internal interface ILeaseClock : IDisposable
{
    /// <summary>Begins to look. Called once.</summary>
    /// <param name="look">Does what is due; returns the time until the next look, or null for when it is woken.</param>
    void Start(Func<TimeSpan?> look);

    /// <summary>Asks for a look now. Callable from any thread, under any lock.</summary>
    void Wake();
}
