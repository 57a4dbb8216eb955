namespace DklActors.Kernel.Spawning;

/// <summary>Many idle actors under one parent.</summary>
internal sealed class Crowd(ActorSystem system, int size) : IDisposable
{
    private readonly CountdownEvent _awaited = new(1);
    private IActorRef _parent = ActorRefs.Nobody;

    /// <summary>Returns when every one has started.</summary>
    public void Spawn()
    {
        _awaited.Reset(size);
        _parent = system.ActorOf(Props.Create(() => new Parent(_awaited)));
        _parent.Tell(size, ActorRefs.NoSender);
        _awaited.Wait();
    }

    /// <summary>Returns when every one and the parent have stopped.</summary>
    public void Stop()
    {
        _awaited.Reset(1);
        system.Stop(_parent);
        _awaited.Wait();
    }

    public void Dispose() => _awaited.Dispose();

    private sealed class Parent(CountdownEvent awaited) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var child = Props.Create(() => new Idle(awaited));
            for (var i = 0; i < (int)message; i++)
            {
                Context.ActorOf(child);
            }
        }

        // After the last child has stopped.
        protected override void PostStop() => awaited.Signal();
    }

    private sealed class Idle(CountdownEvent awaited) : UntypedActor
    {
        protected override void PreStart() => awaited.Signal();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
