using System.Collections.Concurrent;
using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Event;
using DklActors.ActorKernel.Inspection;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own.Mailboxes;

public sealed class WaitingSenders : HeldActors
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly WaitCounter _waits = new();

    protected override ActorSystemSettings Settings => base.Settings with
    {
        DefaultDispatcher = () => new CountingDispatcher(_waits),
        Mailboxes = Named(new MailboxDefinition(3, OverflowPolicy.Wait) { WaitLimit = Limit }),
    };

    [Fact]
    public async Task A_sender_waits_until_there_is_room()
    {
        var events = NewProbe();
        var (actor, release) = Held(events, OverflowPolicy.Wait);
        Fill(actor);

        var sending = SendingAsync(actor, 3);
        await _waits.FirstAsync();
        sending.IsCompleted.Should().BeFalse();
        Seen(actor).Depth.Should().Be(3);

        release.Set();
        await sending.WaitAsync(Patience);
        await events.ExpectAsync(0, 1, 2, 3);
        Seen(actor).Dropped.Should().Be(0);
    }

    [Fact]
    public async Task At_the_deadline_the_message_is_dropped_and_a_dead_letter()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var (actor, release) = Held(events, OverflowPolicy.Wait);
        Fill(actor);
        var sending = SendingAsync(actor, "late");
        await _waits.FirstAsync();

        Clock.Advance(Limit);

        await sending.WaitAsync(Patience);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("late");
        Seen(actor).Dropped.Should().Be(1);
        release.Set();
        await events.ExpectAsync(0, 1, 2);
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task Before_the_deadline_nothing_is_dropped()
    {
        var events = NewProbe();
        var (actor, release) = Held(events, OverflowPolicy.Wait);
        Fill(actor);
        var sending = SendingAsync(actor, 3);
        await _waits.FirstAsync();
        Clock.Advance(Limit - TimeSpan.FromTicks(1));
        release.Set();
        await sending.WaitAsync(Patience);
        await events.ExpectAsync(0, 1, 2, 3);
    }

    [Fact]
    public async Task What_an_actor_tells_itself_never_waits()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Puppet.Props(events).WithMailbox(nameof(OverflowPolicy.Wait)));
        actor.Tell(new Do(context =>
        {
            for (var i = 0; i < 5; i++)
            {
                context.Self.Tell(i);
            }
        }));
        await events.ExpectAsync(0, 1, 2);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be(3);
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be(4);
        _waits.Count.Should().Be(0);
    }

    [Fact]
    public async Task What_the_kernel_must_not_lose_neither_waits_nor_is_dropped()
    {
        var events = NewProbe();
        var (actor, release) = Held(events, OverflowPolicy.Wait);
        await events.WatchAsync(actor);
        Fill(actor);
        actor.Tell(PoisonPill.Instance);
        _waits.Count.Should().Be(0);
        release.Set();
        await events.ExpectAsync(0, 1, 2);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task The_end_of_the_actor_ends_the_wait_and_the_message_is_a_dead_letter_but_not_a_drop()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var (actor, release) = Held(events, OverflowPolicy.Wait);
        Fill(actor);
        var sending = SendingAsync(actor, 3);
        await _waits.FirstAsync();
        var seen = (LocalActorRef)actor;
        Sys.Stop(actor);
        release.Set();
        await sending.WaitAsync(Patience);
        var dead = new List<object>();
        while (dead.Count < 4)
        {
            dead.Add((await letters.ExpectAsync<DeadLetter>()).Message);
        }

        dead.Should().BeEquivalentTo([0, 1, 2, 3]);

        seen.Cell.Inspect().Dropped.Should().Be(0);
    }

    [Fact]
    public async Task Of_many_senders_every_message_arrives_once_in_the_order_of_its_sender_and_within_the_bound()
    {
        const int Senders = 4;
        const int Each = 500;
        var received = new ConcurrentQueue<(int Sender, int Number)>();
        var most = 0;
        var all = new TaskCompletionSource();
        IActorRef? self = null;
        Action<object> collect = message =>
        {
            most = Math.Max(most, Seen(self!).Depth);
            received.Enqueue(((int, int))message);
            if (received.Count == Senders * Each)
            {
                all.SetResult();
            }
        };
        var actor = self = Sys.ActorOf(
            Props.Create(() => new Collector(collect)).WithMailbox(nameof(OverflowPolicy.Wait)));
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                actor.Tell((sender, i));
            }
        })));
        await all.Task.WaitAsync(Patience);
        most.Should().BeLessThanOrEqualTo(3);
        foreach (var ofSender in received.GroupBy(message => message.Sender))
        {
            ofSender.Select(message => message.Number).Should().Equal(Enumerable.Range(0, Each));
        }
    }

    private static void Fill(IActorRef actor)
    {
        for (var i = 0; i < 3; i++)
        {
            actor.Tell(i);
        }
    }

    // A thread of its own, for it may be held up.
    private static Task SendingAsync(IActorRef actor, object message) => Task.Factory.StartNew(
        () => actor.Tell(message),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private sealed class Collector(Action<object> collect) : UntypedActor
    {
        protected override void OnReceive(object message) => collect(message);
    }

    /// <summary>Tells when a sender is about to wait.</summary>
    private sealed class WaitCounter
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task FirstAsync() => _first.Task.WaitAsync(Patience);

        public void Add()
        {
            Interlocked.Increment(ref _count);
            _first.TrySetResult();
        }
    }

    private sealed class CountingDispatcher(WaitCounter waits) : MessageDispatcher
    {
        public override void Schedule(IThreadPoolWorkItem work) =>
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

        public override bool AwaitRoom(ManualResetEventSlim room, CancellationToken deadline)
        {
            waits.Add();
            return base.AwaitRoom(room, deadline);
        }
    }
}
