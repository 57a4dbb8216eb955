namespace DklActors.ActorKernel;

/// <summary>A timer's message on its way. The generation tells whether its timer is still the one of the key.</summary>
internal class TimerTick(LocalActorRef target, object key, object message, long generation)
{
    public object Key { get; } = key;

    public object Message { get; } = message;

    public long Generation { get; } = generation;

    public void Fire() => target.Tell(this, ActorRefs.NoSender);
}

/// <summary>It comes once: dropping it would lose a deadline.</summary>
internal sealed class SingleTimerTick(LocalActorRef target, object key, object message, long generation)
    : TimerTick(target, key, message, generation), IUndroppable;
