namespace DklActors.Actors.Interlock;

/// <summary>Makes the beam guard look when something may be due, whatever else is going on.</summary>
internal interface ILeaseClock : IDisposable
{
    /// <summary>Begins to look. Called once.</summary>
    /// <param name="look">Does what is due; returns the time until the next look, or null for when it is woken.</param>
    void Start(Func<TimeSpan?> look);

    /// <summary>Asks for a look now. Callable from any thread, under any lock.</summary>
    void Wake();
}
