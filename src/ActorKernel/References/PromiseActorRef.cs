namespace DklActors.ActorKernel;

/// <summary>The receiver of one reply: what stands behind Ask and GracefulStop.</summary>
/// <param name="onTimeout">Makes the failure for a reply that did not come in time.</param>
internal sealed class PromiseActorRef<T>(ActorSystem system, Func<Exception> onTimeout)
    : InternalActorRef, IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _reply = new();
    private ITimer? _timer;
    private CancellationTokenRegistration _cancellation;

    // The first of reply, timeout and cancellation wins.
    private object? _end;

    // Few are ever asked for it.
    public override ActorPath Path => LazyInitializer.EnsureInitialized(ref field, system.NextTempPath);

    public override ActorSystem System => system;

    /// <summary>Begins to wait, before anybody knows the reference.</summary>
    /// <param name="limit">Infinite for none.</param>
    public Task<T> Within(TimeSpan limit, CancellationToken cancellationToken)
    {
        _timer = limit == Timeout.InfiniteTimeSpan ? null : system.Settings.TimeProvider.CreateTimer(
            static promise => ((PromiseActorRef<T>)promise!).TryEnd(new NoReply(CancelledBy: null)),
            this, limit, Timeout.InfiniteTimeSpan);
        _cancellation = cancellationToken.UnsafeRegister(
            static (promise, token) => ((PromiseActorRef<T>)promise!).TryEnd(new NoReply(token)), this);
        if (Volatile.Read(ref _end) is not null)
        {
            // The time was over before the token was there to be forgotten.
            _cancellation.Unregister();
        }

        return _reply.Task;
    }

    public override void Tell(object message, IActorRef? sender)
    {
        if (!TryEnd(Valid(message)))
        {
            system.DeadLetterRef.Undelivered(new Envelope(message, sender ?? system.DeadLetters), this);
        }
    }

    public override void SendSystem(SystemMessage message)
    {
        if (message is DeathWatchNotification notification)
        {
            Tell(new Terminated(notification.Actor, notification.ExistenceConfirmed, false), notification.Actor);
        }
        else
        {
            DeadLetterActorRef.HandleForDead(message);
        }
    }

    /// <summary>Completes the task: on the dispatcher, for what waits for the reply must not run inside the actor that
    /// replies.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        switch (_end)
        {
            case NoReply { CancelledBy: { } token }:
                _reply.SetCanceled(token);
                break;
            case NoReply:
                _reply.SetException(onTimeout());
                break;
            case Status.Failure failure when !typeof(T).IsAssignableTo(typeof(Status)):
                _reply.SetException(failure.Cause);
                break;
            case T result:
                _reply.SetResult(result);
                break;
            default:
                _reply.SetException(new ArgumentException(
                    $"The reply is of type {_end!.GetType().FullName}, but Ask expected {typeof(T).FullName}. "
                    + "Ask for the type that the actor replies with."));
                break;
        }
    }

    private bool TryEnd(object end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return false;
        }

        _timer?.Dispose();
        _cancellation.Unregister();
        system.DefaultDispatcher.Schedule(this);
        return true;
    }

    private sealed record NoReply(CancellationToken? CancelledBy);
}
