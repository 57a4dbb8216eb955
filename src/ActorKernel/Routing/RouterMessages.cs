namespace DklActors.ActorKernel.Routing;

/// <summary>For the router itself, not for a routee.</summary>
public abstract class RouterManagementMessage;

/// <summary>Asks a router for its <see cref="Routees"/>.</summary>
public sealed class GetRoutees : RouterManagementMessage
{
    public static GetRoutees Instance { get; } = new();
}

public sealed record Routees(IEnumerable<Routee> Members);

/// <summary>Where a router sends messages to.</summary>
public abstract record Routee;

public sealed record ActorRefRoutee(IActorRef Actor) : Routee;

/// <summary>Goes to every routee, unwrapped. The way to stop a pool after its work: with a PoisonPill inside.</summary>
public sealed record Broadcast(object Message);
