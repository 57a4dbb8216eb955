namespace DklActors.ActorKernel;

public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => Running;

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles a message; calls <see cref="ActorBase.Unhandled"/> for one it does not know.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Runs async work for the current message; no other user message is handled until it ends.</summary>
    protected void RunTask(Func<Task> action) => Own.RunTask(action);

    protected void Become(UntypedReceive receive) => Own.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Own.BecomeStacked(receive);
}
