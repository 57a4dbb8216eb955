using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

public abstract partial class MessageReceiver
{
    /// <summary>The receiver gets a Terminated when the actor stops. Returns once it is watching.</summary>
    public IActorRef Watch(IActorRef actorToWatch) =>
        Blocking.Completed(OrderAsync(actorToWatch, context => context.Watch(actorToWatch), true));

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch) =>
        await OrderAsync(actorToWatch, context => context.Watch(actorToWatch), false).ConfigureAwait(false);

    /// <summary>After this no Terminated of the actor arrives; one that the test could take already stays.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch) =>
        Blocking.Completed(OrderAsync(actorToUnwatch, context => context.Unwatch(actorToUnwatch), true));

    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) =>
        await OrderAsync(actorToUnwatch, context => context.Unwatch(actorToUnwatch), false).ConfigureAwait(false);

    private async ValueTask<IActorRef> OrderAsync(IActorRef subject, Action<IActorContext> act, bool blocking)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var done = 0;
        Ref.Tell(new InActor(context =>
        {
            act(context);
            Volatile.Write(ref done, 1);
            Waiter.Pulse();
        }));
        await ConditionAsync(
            () => Volatile.Read(ref done) == 1,
            TestKitSettings.DefaultTimeout,
            $"{Ref.Path} carries out an order",
            blocking,
            CancellationToken.None).ConfigureAwait(false);
        return subject;
    }
}
