namespace DklActors.ActorKernel;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends the stop message; the task is true once the actor and all its children have stopped, false if
    /// they did not within the time.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var reference = InternalActorRef.Of(target);
        var system = reference.System ?? throw new ArgumentException(
            $"{target.Path} cannot be stopped. Stop an actor instead.", nameof(target));
        var promise = new PromiseActorRef<Terminated>(system, static () => new TimeoutException());
        var stopped = promise.Within(timeout, CancellationToken.None);
        reference.SendSystem(new Watch(reference, promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await stopped.ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            reference.SendSystem(new Unwatch(reference, promise));
            return false;
        }
    }
}
