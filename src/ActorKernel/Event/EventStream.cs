namespace DklActors.ActorKernel.Event;

/// <summary>
/// Publish and subscribe within an actor system, by message type; subtypes match too. A subscriber gets an event once,
/// however many of its subscriptions match.
/// </summary>
public sealed class EventStream
{
    private ImmutableArray<Subscription> _subscriptions = [];
    private volatile LogLevel _logLevel = LogLevel.InfoLevel;

    /// <summary>Log events below it are not made at all.</summary>
    public LogLevel LogLevel => _logLevel;

    public void SetLogLevel(LogLevel logLevel) => _logLevel = logLevel;

    /// <returns>False if it was subscribed already.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        var added = new Subscription(subscriber, channel);
        return ImmutableInterlocked.Update(
            ref _subscriptions, static (all, one) => all.Contains(one) ? all : all.Add(one), added);
    }

    /// <returns>False if it was not subscribed.</returns>
    public bool Unsubscribe(IActorRef subscriber, Type channel) => ImmutableInterlocked.Update(
        ref _subscriptions, static (all, one) => all.Remove(one), new Subscription(subscriber, channel));

    /// <summary>Ends all subscriptions of this subscriber. Happens by itself when it stops.</summary>
    public bool Unsubscribe(IActorRef subscriber) => ImmutableInterlocked.Update(
        ref _subscriptions, static (all, one) => all.RemoveAll(s => Equals(s.Subscriber, one)), subscriber);

    public void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        foreach (var subscriber in _subscriptions.Where(subscription => subscription.Channel.IsInstanceOfType(@event))
            .Select(subscription => subscription.Subscriber).Distinct())
        {
            subscriber.Tell(@event, ActorRefs.NoSender);
        }
    }

    private sealed record Subscription(IActorRef Subscriber, Type Channel);
}
