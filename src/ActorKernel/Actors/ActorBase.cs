namespace DklActors.ActorKernel;

/// <summary>
/// An actor: state that one thread at a time touches, driven by messages. An exception ends the handling of the
/// message and goes to the supervisor, the parent.
/// </summary>
public abstract class ActorBase
{
    private readonly ActorCell _cell;
    private SupervisorStrategy? _strategy;

    /// <exception cref="ActorInitializationException">Constructed with new, outside of ActorOf.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            null, $"{GetType().FullName} was constructed outside of an actor system. Use ActorOf(Props.Create(…)).");
        _cell.Become(Receive);
        if (this is IWithTimers timed)
        {
            timed.Timers = _cell.Timers;
        }
    }

    /// <summary>Valid on any thread.</summary>
    protected IActorRef Self => _cell.Self;

    /// <summary>Who sent the current message. Copy it before handing work to another thread.</summary>
    protected IActorRef Sender => Own.Sender;

    /// <exception cref="NotSupportedException">Not inside an actor.</exception>
    protected static IActorContext Context => Running;

    internal SupervisorStrategy Strategy => _strategy ??= SupervisorStrategy();

    private protected static ActorCell Running => ActorCell.Current ?? throw NotInside();

    /// <summary>The cell of this actor, checked: state of an actor is not for the thread of another one.</summary>
    private protected ActorCell Own => ActorCell.Current == _cell ? _cell : throw NotInside();

    internal void AroundReceive(Receive behaviour, object message)
    {
        if (!behaviour(message))
        {
            Unhandled(message);
        }
    }

    internal void AroundPreStart() => PreStart();

    internal void AroundPostStop() => PostStop();

    internal void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message);

    internal void AroundPostRestart(Exception cause) => PostRestart(cause);

    /// <returns>False if the message is not handled.</returns>
    protected abstract bool Receive(object message);

    /// <summary>Publishes an <see cref="UnhandledMessage"/>; an unhandled <see cref="Terminated"/> throws.</summary>
    /// <exception cref="DeathPactException">A watched actor stopped.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
        {
            throw new DeathPactException(terminated.ActorRef);
        }

        KernelMetrics.Count(KernelMetrics.UnhandledMessages, Self.Path);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void SetReceiveTimeout(TimeSpan? timeout) => Own.SetReceiveTimeout(timeout);

    protected void Become(Receive receive) => Own.Become(receive);

    protected void BecomeStacked(Receive receive) => Own.BecomeStacked(receive);

    protected void UnbecomeStacked() => Own.UnbecomeStacked();

    /// <summary>Called before the first message, and by the default PostRestart.</summary>
    protected virtual void PreStart() { }

    /// <summary>Called after the last message, and by the default PreRestart.</summary>
    protected virtual void PostStop() { }

    /// <summary>Called on the incarnation that failed. By default stops all children and calls PostStop.</summary>
    /// <param name="message">The message that it failed on, if it was one.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in Context.GetChildren().ToList())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Called on the new incarnation, in place of PreStart, which it calls by default.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>How this actor supervises its children; asked once for each incarnation.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => ActorKernel.SupervisorStrategy.DefaultStrategy;

    private static NotSupportedException NotInside() => new(
        "There is no active actor context: this code runs outside of the actor's thread. Use PipeTo or "
        + "ReceiveAsync to come back into the actor, and leave ConfigureAwait(false) out there.");
}
