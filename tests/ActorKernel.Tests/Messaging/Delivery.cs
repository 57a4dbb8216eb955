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
    public async Task A_message_to_a_stopped_actor_is_a_dead_letter_with_sender_and_recipient()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        actor.Tell("hello", events.Ref);
        var letter = await letters.ExpectAsync<DeadLetter>();
        (letter.Message, letter.Sender, letter.Recipient).Should().Be(("hello", events.Ref, actor));
    }

    [Fact]
    public async Task A_message_that_nobody_handles_is_published_as_unhandled()
    {
        var (events, unhandled) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Unsynchronised(events.Ref, 1)));
        actor.Tell(42);
        var message = await unhandled.ExpectAsync<UnhandledMessage>();
        (message.Message, message.Recipient).Should().Be((42, actor));
    }

    [Fact]
    public async Task Without_a_sender_replies_go_to_the_dead_letters()
    {
        var probe = NewProbe();
        probe.Ref.Tell("hello");
        await probe.ExpectAsync("hello");
        probe.LastSender.Should().Be(Sys.DeadLetters);
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

    [Fact]
    public async Task The_event_stream_matches_subtypes_and_forgets_who_unsubscribed()
    {
        var probe = NewProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(IComparable)).Should().BeTrue();
        Sys.EventStream.Subscribe(probe.Ref, typeof(IComparable)).Should().BeFalse();
        Sys.EventStream.Publish("text");
        Sys.EventStream.Publish(new object());
        Sys.EventStream.Publish(7);
        await probe.ExpectAsync("text", 7);
        Sys.EventStream.Unsubscribe(probe.Ref, typeof(IComparable)).Should().BeTrue();
        Sys.EventStream.Publish("unheard");
        await probe.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task GracefulStop_is_true_once_the_actor_has_stopped()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { Reports = true }), "a");
        (await actor.GracefulStop(TimeSpan.FromSeconds(1)).WaitAsync(Patience)).Should().BeTrue();
        await events.ExpectAsync("a constructed", "a PreStart", "a PostStop");
    }

    [Fact]
    public async Task GracefulStop_fails_when_the_actor_does_not_stop_in_time()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        var stopping = actor.GracefulStop(TimeSpan.FromSeconds(1), "please");
        await events.ExpectAsync("please");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await FluentActions.Awaiting(() => stopping.WaitAsync(Patience)).Should().ThrowAsync<TaskCanceledException>();
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
