namespace DklActors.ActorKernel;

/// <summary>What is seen of it from outside. Reads what the actor's thread writes, and asks it for nothing.</summary>
internal sealed partial class ActorCell
{
    private int _restarts;

    private ActorState State =>
        _isTerminated || IsTerminating ? ActorState.Stopping
        : _awaitedEnd != AwaitedEnd.None ? ActorState.Restarting
        : Mailbox.IsSuspended ? ActorState.Suspended
        : IsAwaiting ? ActorState.Awaiting
        : _actor is not null ? ActorState.Running
        : _restarts > 0 ? ActorState.Restarting
        : ActorState.Starting;

    public ActorSnapshot Inspect() => Mailbox.Inspect(new ActorSnapshot(_self.Path, Props.Type, State)
    {
        Stashed = _stash?.Count ?? 0,
        Restarts = _restarts,
        Children = [.. ChildStats.Select(stats => stats.Child.Cell.Inspect())],
    });
}
