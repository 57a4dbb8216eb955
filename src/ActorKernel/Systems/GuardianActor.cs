namespace DklActors.ActorKernel;

/// <summary>The parent of all top-level actors; it only supervises.</summary>
internal sealed class GuardianActor : ActorBase
{
    protected override bool Receive(object message) => false;
}
