namespace DklActors.ActorKernel.Tests.Own.Inspection;

public sealed class Allocations : OwnSystem
{
    private const int Messages = 500;

    [Fact]
    public async Task Neither_telling_nor_receiving_allocates()
    {
        var received = new TaskCompletionSource<long>();
        var actor = Sys.ActorOf(Props.Create(() => new Measuring(received)).WithMailbox("large"), "measuring");

        var allocatingTurns = 0;
        for (var turn = 0; turn < 10; turn++)
        {
            var gate = NewGate();
            actor.Tell((Action)gate.Pass);
            await gate.ReachedAsync();
            var told = AllocatedBy(actor);
            gate.Open();
            await DoneAsync(actor);
            allocatingTurns += told == 0 ? 0 : 1;
        }

        allocatingTurns.Should().BeLessThanOrEqualTo(2, "a mailbox has two halves, which grow when first needed");

        actor.Tell((Action)(() => { }));
        actor.Tell(received);
        (await received.Task.WaitAsync(Patience)).Should().Be(0, "nor does handling");
    }

    private static long AllocatedBy(IActorRef actor)
    {
        object message = "message";
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
        {
            actor.Tell(message, ActorRefs.NoSender);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Keeps the bytes that its thread allocated from the first to the last message of one turn.</summary>
    private sealed class Measuring(TaskCompletionSource<long> received) : UntypedActor
    {
        private long _first;
        private long _last;
        private int _count;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Action act:
                    act();
                    _count = 0;
                    break;
                case "done?":
                    Sender.Tell("done");
                    break;
                case "message":
                    _last = GC.GetAllocatedBytesForCurrentThread();
                    _first = _count++ == 0 ? _last : _first;
                    break;
                default:
                    received.SetResult(_last - _first);
                    break;
            }
        }
    }
}
