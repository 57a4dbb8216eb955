namespace DklActors.ActorKernel.Configuration;

/// <summary>What an async handler (ReceiveAsync, RunTask) can ask for beyond Akka.NET.</summary>
public static class AsyncHandler
{
    /// <summary>
    /// The token of the handler that runs here. It is cancelled when the actor is to stop or to restart, which then
    /// waits for the handler, and when the handler's deadline passes. A handler that ends with an
    /// <see cref="OperationCanceledException"/> after that has not failed. After Resume the actor handles no other
    /// message until the handler has ended.
    /// </summary>
    /// <exception cref="InvalidOperationException">No async handler runs here.</exception>
    public static CancellationToken CancellationToken =>
        (SynchronizationContext.Current as ActorOperation ?? throw new InvalidOperationException(
            "No async handler of an actor runs here. Take the token before ConfigureAwait(false) leaves the actor."))
        .Cancellation.Token;
}
