using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>The actor that hears what a system logs, its dead letters and what nobody handles.</summary>
internal sealed class EventListener : UntypedActor
{
    private readonly EventTap _tap;
    private readonly Waiter _waiter;

    public EventListener(EventTap tap, Waiter waiter)
    {
        _tap = tap;
        _waiter = waiter;
    }

    public static IReadOnlyList<Type> Channels { get; } = [typeof(LogEvent), typeof(AllDeadLetters)];

    protected override void OnReceive(object message)
    {
        _tap.Hear(message);
        _waiter.Pulse();
    }
}
