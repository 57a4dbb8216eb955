namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Counts the turns of actors that are scheduled or running: at zero, no actor has anything to do.</summary>
/// <remarks>A task that an actor started, and a handler that awaits one, are not counted.</remarks>
internal sealed class Activity
{
    // Whose turn runs on this thread: what asks from inside of a turn must not wait for that one's end.
    [ThreadStatic]
    private static Activity? Here;

    private int _turns;

    public bool IsQuiet => Volatile.Read(ref _turns) == (Here == this ? 1 : 0);

    /// <summary>Called when the last turn has ended. Must not throw.</summary>
    public Action? OnQuiet { get; set; }

    /// <summary>A turn is to come.</summary>
    public void Begin() => Interlocked.Increment(ref _turns);

    /// <summary>Runs a turn that was begun. It ends after it has scheduled the next one, so that the count never
    /// touches zero in between.</summary>
    public void Run(IThreadPoolWorkItem turn)
    {
        (var outer, Here) = (Here, this);
        try
        {
            turn.Execute();
        }
        finally
        {
            Here = outer;
            if (Interlocked.Decrement(ref _turns) == 0)
            {
                OnQuiet?.Invoke();
            }
        }
    }
}
