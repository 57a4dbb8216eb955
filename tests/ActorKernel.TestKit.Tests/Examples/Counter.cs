namespace DklActors.ActorKernel.TestKit.Tests.Examples;

internal sealed class Counter : ReceiveActor
{
    private int _count;

    public Counter() => Receive<string>(_ => Sender.Tell(++_count));
}
