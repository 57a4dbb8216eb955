namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// One run of an async handler. As its synchronization context it brings every continuation back into the actor
/// as a system message, where Self, Sender and Context are those of the message that is being handled.
/// </summary>
internal sealed class ActorOperation(ActorCell cell, ActorBase? actor, Envelope? envelope)
    : SynchronizationContext, IDisposable
{
    private ITimer? _alarm;

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>The incarnation that it belongs to.</summary>
    public ActorBase? Actor { get; } = actor;

    public Envelope? Envelope { get; } = envelope;

    /// <summary>Runs what is left of the handler when the actor is gone.</summary>
    public MessageDispatcher Dispatcher => cell.System.DefaultDispatcher;

    public override void Post(SendOrPostCallback d, object? state) =>
        cell.Mailbox.EnqueueSystem(new Continuation(this, d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An actor cannot be entered from outside and waited for. Use Tell or Ask.");

    public override SynchronizationContext CreateCopy() => this;

    public void Within(SendOrPostCallback callback, object? state)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Acts on the actor's thread after this time, in place of an earlier alarm.</summary>
    public void SetAlarm(TimeSpan due, Action act)
    {
        _alarm?.Dispose();
        _alarm = cell.System.Settings.TimeProvider.CreateTimer(
            _ => cell.SelfRef.SendSystem(new InTurn(act)), null, due, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _alarm?.Dispose();
}
