using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Handlers;

public sealed class Stashing : ActorTest
{
    private protected override Needs Needs => new() { StashCapacity = 5 };

    [Fact]
    public async Task Unstashed_messages_come_before_waiting_ones_in_their_order_with_their_sender()
    {
        var (events, sender) = (NewProbe(), NewProbe());
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        var gate = new ManualResetEventSlim();
        actor.Tell(1, sender.Ref);
        actor.Tell(2, sender.Ref);
        actor.Tell(3, sender.Ref);
        actor.Tell(gate);
        actor.Tell("open");
        actor.Tell(4, sender.Ref);
        gate.Set();
        await events.ExpectAsync(1, 2, 3, 4);
        events.LastSender.Should().Be(sender.Ref);
    }

    [Fact]
    public async Task Unstash_gives_back_the_oldest_alone()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open for one");
        await events.ExpectAsync(1);
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task Stashing_one_message_twice_is_an_error()
    {
        var (events, actor) = await SupervisedDoorAsync();
        actor.Tell("twice");
        await events.ExpectAsync(typeof(IllegalActorStateException));
    }

    [Fact]
    public async Task One_object_sent_twice_is_two_messages()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        object same = 1;
        actor.Tell(same);
        actor.Tell(same);
        actor.Tell("open");
        await events.ExpectAsync(1, 1);
    }

    [Fact]
    public async Task A_Terminated_out_of_the_stash_arrives()
    {
        var (events, other) = (NewProbe(), NewProbe());
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        await actor.Ask<string>(other.Ref).WaitAsync(Patience);
        await events.WatchAsync(other.Ref);
        other.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync<Terminated>();
        actor.Tell(1);
        actor.Tell("open");
        var arrived = new[] { await events.NextAsync(), await events.NextAsync() };
        arrived.Should().BeEquivalentTo([1, (object)other.Ref]);
    }

    [Fact]
    public async Task A_full_stash_is_an_error()
    {
        var (events, actor) = await SupervisedDoorAsync();
        for (var i = 0; i < 6; i++)
        {
            actor.Tell(i);
        }

        await events.ExpectAsync(typeof(StashOverflowException));
    }

    [Fact]
    public async Task A_restart_puts_the_stash_back_before_the_mailbox()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        var gate = new ManualResetEventSlim();
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(gate);
        actor.Tell(Boom());
        actor.Tell(3);
        actor.Tell("open");
        gate.Set();
        await events.ExpectAsync(1, 2, 3);
    }

    [Fact]
    public async Task A_stop_sends_the_stash_to_the_dead_letters()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Door(events.Ref)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be(1);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be(2);
    }

    private async Task<(Probe Events, IActorRef Door)> SupervisedDoorAsync()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            events.Ref.Tell(failure.GetType());
            return Directive.Stop;
        })));
        return (events, await ChildOfAsync(parent, Props.Create(() => new Door(events.Ref))));
    }

    /// <summary>Stashes numbers until it is open, then passes them on.</summary>
    private sealed class Door : ReceiveActor, IWithStash
    {
        private readonly IActorRef _events;

        public Door(IActorRef events)
        {
            _events = events;
            Receive<int>(_ => Stash.Stash());
            Receive<Terminated>(_ => Stash.Stash());
            Receive<IActorRef>(subject =>
            {
                Context.Watch(subject);
                Sender.Tell("watching");
            });
            Receive<ManualResetEventSlim>(gate => gate.Wait(Patience));
            Receive<Exception>(failure => throw failure);
            Receive<string>(message => message == "open", _ =>
            {
                Stash.UnstashAll();
                Become(Open);
            });
            Receive<string>(message => message == "open for one", _ =>
            {
                Stash.Unstash();
                Become(Open);
            });
            Receive<string>(_ =>
            {
                Stash.Stash();
                Stash.Stash();
            });
        }

        public IStash Stash { get; set; } = null!;

        private void Open()
        {
            Receive<int>(number => _events.Forward(number));
            Receive<Terminated>(terminated => _events.Tell(terminated.ActorRef));
        }
    }
}
