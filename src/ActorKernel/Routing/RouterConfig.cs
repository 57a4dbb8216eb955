namespace DklActors.ActorKernel.Routing;

/// <summary>How a router spreads messages over its routees: see <see cref="RoundRobinPool"/>.</summary>
public abstract class RouterConfig;

/// <summary>A router that makes and supervises its routees. One that stops leaves the pool and is not replaced; the
/// router stops with the last one.</summary>
public abstract class Pool(int nrOfInstances) : RouterConfig
{
    public int NrOfInstances { get; } = nrOfInstances;

    public SupervisorStrategy SupervisorStrategy { get; private protected init; } = SupervisorStrategy.DefaultStrategy;

    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);
}

/// <summary>One message for each routee in turn.</summary>
public sealed class RoundRobinPool(int nrOfInstances) : Pool(nrOfInstances)
{
    public RoundRobinPool WithSupervisorStrategy(SupervisorStrategy strategy) =>
        new(NrOfInstances) { SupervisorStrategy = strategy };
}
