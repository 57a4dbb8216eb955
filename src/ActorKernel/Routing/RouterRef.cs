namespace DklActors.ActorKernel.Routing;

/// <summary>
/// The reference of a router. It routes on the sender's thread, so that the router's own mailbox, where only messages
/// for the router itself go, is no bottleneck.
/// </summary>
internal sealed class RouterRef(ActorCell cell, ActorPath path, Pool pool, Props routeeProps)
    : LocalActorRef(cell, path)
{
    /// <summary>Replaced as a whole, by the router's own thread.</summary>
    public volatile IActorRef[] Routees = [];

    private int _next = -1;

    public override void Tell(object message, IActorRef? sender)
    {
        var routees = Routees;
        if (message is null or PoisonPill or Kill or Terminated or RouterManagementMessage)
        {
            base.Tell(message!, sender);
        }
        else if (message is Broadcast broadcast)
        {
            Array.ForEach(routees, routee => routee.Tell(broadcast.Message, sender));
        }
        else
        {
            var turn = Interlocked.Increment(ref _next) & int.MaxValue;
            (routees.Length == 0 ? System.DeadLetters : routees[turn % routees.Length]).Tell(message, sender);
        }
    }

    /// <summary>The routees are there before the first message can be sent, and start after the router that
    /// supervises them.</summary>
    public override void Start()
    {
        var routees = Enumerable.Range(0, pool.NrOfInstances).Select(_ => Cell.NewChild(routeeProps, null)).ToArray();
        Routees = [.. routees];
        base.Start();
        Array.ForEach(routees, static routee => routee.Start());
    }
}

internal sealed class RouterActor : UntypedActor
{
    private static RouterRef Router => (RouterRef)Context.Self;

    protected override void PreStart() => Array.ForEach(Router.Routees, routee => Context.Watch(routee));

    /// <summary>The routees outlive a failure of the router.</summary>
    protected override void PreRestart(Exception reason, object? message) { }

    protected override void OnReceive(object message)
    {
        if (message is GetRoutees)
        {
            Sender.Tell(new Routees(Router.Routees.Select(routee => new ActorRefRoutee(routee))));
        }
        else if (message is Terminated terminated)
        {
            Router.Routees = [.. Router.Routees.Where(other => other != terminated.ActorRef)];
            if (Router.Routees.Length == 0)
            {
                Context.Stop(Self);
            }
        }
    }
}
