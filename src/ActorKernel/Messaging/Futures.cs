namespace DklActors.ActorKernel;

/// <summary>Request and reply as a task.</summary>
public static class Futures
{
    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>
    /// Sends and returns the reply. A <see cref="Status.Failure"/> reply fails the task with its cause, a reply of
    /// another type with <see cref="ArgumentException"/>. A reply after the end is a dead letter.
    /// </summary>
    /// <param name="timeout">Measured on the system's time provider; null takes the system's setting, and a
    /// time that is not positive is none.</param>
    /// <exception cref="NotSupportedException">The target is Nobody.</exception>
    /// <exception cref="AskTimeoutException">No reply within the time.</exception>
    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var target = InternalActorRef.Of(self);
        var system = target.System ?? throw new NotSupportedException(
            $"{target.Path} never replies. Ask an actor instead.");
        var limit = timeout ?? system.Settings.AskTimeout;
        limit = limit > TimeSpan.Zero ? limit : Timeout.InfiniteTimeSpan;
        var promise = new PromiseActorRef<T>(system, () => AskTimedOut(target, message, limit));
        var reply = promise.Within(limit, cancellationToken);
        target.Tell(message, promise);
        return reply;
    }

    private static AskTimeoutException AskTimedOut(InternalActorRef target, object message, TimeSpan limit)
    {
        KernelMetrics.Count(KernelMetrics.AskTimeouts, target.Path);
        return new AskTimeoutException(
            $"No reply from {target.Path} to {message.GetType().Name} within {limit}. The actor may be busy, "
            + "stopped (see the dead letters) or may not answer this message.");
    }
}
