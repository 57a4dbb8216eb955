namespace DklActors.ActorKernel;

/// <summary>The receiver of one reply: what stands behind Ask and GracefulStop.</summary>
internal sealed class PromiseActorRef<T> : InternalActorRef
{
    private readonly ActorSystem _system;

    // Completed by the dispatcher: what waits for the reply must not run inside the actor that replies.
    private readonly TaskCompletionSource<T> _reply = new();
    private int _ended;

    public PromiseActorRef(ActorSystem system)
    {
        _system = system;
        Path = system.NextTempPath();
    }

    public override ActorPath Path { get; }

    public override ActorSystem System => _system;

    public override void Tell(object message, IActorRef? sender)
    {
        var accepted = TryEnd(reply =>
        {
            switch (message)
            {
                case Status.Failure failure when !typeof(T).IsAssignableTo(typeof(Status)):
                    reply.SetException(failure.Cause);
                    break;
                case T result:
                    reply.SetResult(result);
                    break;
                default:
                    reply.SetException(new ArgumentException(
                        $"The reply is of type {message?.GetType().FullName ?? "null"}, but Ask expected "
                        + $"{typeof(T).FullName}. Ask for the type that the actor replies with."));
                    break;
            }
        });
        if (!accepted)
        {
            _system.DeadLetterRef.Undelivered(new Envelope(message!, sender ?? _system.DeadLetters), this);
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

    /// <summary>The reply, or the failure that <paramref name="onTimeout"/> makes once the time is over.</summary>
    public async Task<T> WithinAsync(
        TimeSpan timeout, Func<Exception> onTimeout, CancellationToken cancellationToken)
    {
        using var timer = timeout == Timeout.InfiniteTimeSpan
            ? null
            : _system.Settings.TimeProvider.CreateTimer(
                _ => TryEnd(reply => reply.SetException(onTimeout())), null, timeout, Timeout.InfiniteTimeSpan);
        await using var cancellation = cancellationToken.UnsafeRegister(
            (_, token) => TryEnd(reply => reply.SetCanceled(token)), null).ConfigureAwait(false);
        return await _reply.Task.ConfigureAwait(false);
    }

    /// <summary>Ends the wait; the first of reply, timeout and cancellation wins.</summary>
    private bool TryEnd(Action<TaskCompletionSource<T>> end)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return false;
        }

        _system.DefaultDispatcher.Schedule(() => end(_reply));
        return true;
    }
}
