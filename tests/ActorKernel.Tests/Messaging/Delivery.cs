using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Messaging;

public sealed class Delivery : ActorTest
{
    [Fact]
    public async Task Messages_arrive_in_order_per_sender()
    {
        const int Senders = 8;
        const int Each = 1000;
        var receiver = NewProbe();
        var senders = Enumerable.Range(0, Senders).Select(_ => Sys.ActorOf(Puppet.Props(receiver))).ToList();
        for (var s = 0; s < Senders; s++)
        {
            var sender = s;
            senders[s].Tell(new Do(_ =>
            {
                for (var i = 0; i < Each; i++)
                {
                    receiver.Ref.Tell((sender, i));
                }
            }));
        }

        var next = new int[Senders];
        for (var n = 0; n < Senders * Each; n++)
        {
            var (sender, i) = await receiver.ExpectAsync<(int, int)>();
            i.Should().Be(next[sender]++);
        }
    }

    [Fact]
    public async Task An_actor_runs_on_one_thread_at_a_time()
    {
        var done = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Unsynchronised(done.Ref, 8 * 1000)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                actor.Tell("increment");
            }
        })));
        await done.ExpectAsync(8 * 1000);
    }

    [Fact]
    public async Task Forward_keeps_the_first_sender()
    {
        var (target, asker) = (NewProbe(), NewProbe());
        var middle = Sys.ActorOf(Puppet.Props(target));
        middle.Tell(new Do(_ => target.Ref.Forward("passed on")), asker.Ref);
        await target.ExpectAsync("passed on");
        target.LastSender.Should().Be(asker.Ref);
    }

    private sealed class Unsynchronised : ReceiveActor
    {
        private int _count;

        public Unsynchronised(IActorRef done, int until) => Receive<string>(_ =>
        {
            if (++_count == until)
            {
                done.Tell(_count);
            }
        });
    }
}
