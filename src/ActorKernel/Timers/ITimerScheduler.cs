namespace DklActors.ActorKernel;

/// <summary>
/// Timers of one actor, by key. Starting a key again replaces its timer, and a tick that was already in the mailbox
/// when its timer was cancelled or replaced never arrives. All are cancelled on a restart and on the stop.
/// </summary>
public interface ITimerScheduler
{
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();
}

public interface IWithTimers
{
    /// <summary>Set by the kernel before the constructor of the actor runs.</summary>
    ITimerScheduler Timers { get; set; }
}
