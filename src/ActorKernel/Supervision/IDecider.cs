namespace DklActors.ActorKernel;

/// <summary>What a supervisor does about an exception of a child.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}

internal sealed class LocalOnlyDecider(Func<Exception, Directive> decide) : IDecider
{
    public Directive Decide(Exception cause) => decide(cause);
}
