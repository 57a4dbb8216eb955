using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Inspection;

namespace DklActors.ActorKernel.Tests.Own.Inspection;

public sealed class LiveTree : OwnSystem
{
    [Fact]
    public async Task An_idle_actor_runs_and_shows_its_last_beat()
    {
        var actor = Sys.ActorOf(Doer.Props(), "idle");
        Seen("/user/idle").LastBeat.Should().BeNull("it has handled nothing");
        await DoneAsync(actor);
        await StableAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(5));

        var seen = Seen("/user/idle");
        (seen.State, seen.Type, seen.Depth, seen.BusyFor, seen.OldestWaiting)
            .Should().Be((ActorState.Running, typeof(Doer), 0, null, null));
        (seen.Capacity, seen.Overflow, seen.Restarts, seen.Dropped)
            .Should().Be((MailboxDefinition.Default.Capacity, MailboxDefinition.Default.Overflow, 0, 0));
        seen.LastBeat.Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_busy_actor_shows_for_how_long_and_what_waits_meanwhile()
    {
        var actor = Sys.ActorOf(Doer.Props().WithMailbox("small"), "busy");
        var gate = NewGate();
        actor.Tell((Action)gate.Pass);
        await gate.ReachedAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++)
        {
            actor.Tell(i);
        }

        Clock.Advance(TimeSpan.FromSeconds(2));
        var seen = Seen("/user/busy");
        (seen.State, seen.BusyFor, seen.Processed).Should().Be((ActorState.Running, TimeSpan.FromSeconds(3), 0));
        (seen.Depth, seen.Capacity, seen.Dropped).Should().Be((3, 3, 2));
        seen.OldestWaiting.Should().Be(TimeSpan.FromSeconds(2));

        gate.Open();
        await StableAsync(actor);
        seen = Seen("/user/busy");
        (seen.Depth, seen.OldestWaiting, seen.BusyFor).Should().Be((0, null, null));
        seen.LastBeat.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_oldest_is_the_first_also_of_messages_that_came_while_others_were_handled()
    {
        var actor = Sys.ActorOf(Doer.Props(), "busy");
        var (first, second) = (NewGate(), NewGate());
        actor.Tell((Action)first.Pass);
        await first.ReachedAsync();
        actor.Tell((Action)second.Pass);
        Clock.Advance(TimeSpan.FromSeconds(1));
        actor.Tell(1);
        first.Open();
        await second.ReachedAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        actor.Tell(2);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Seen("/user/busy").OldestWaiting.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_async_handler_is_awaited_and_busy_until_it_ends()
    {
        var actor = Sys.ActorOf(Doer.Props(), "async");
        var (work, begun) = (new TaskCompletionSource(), new TaskCompletionSource());
        actor.Tell((Func<Task>)(async () =>
        {
            begun.SetResult();
            await work.Task;
        }));
        await begun.Task.WaitAsync(Patience);
        await SeeAsync("/user/async", seen => seen.State == ActorState.Awaiting);
        Clock.Advance(TimeSpan.FromSeconds(4));
        var seen = Seen("/user/async");
        (seen.BusyFor, seen.Processed, seen.LastBeat).Should().Be((TimeSpan.FromSeconds(4), 0, null));

        work.SetResult();
        seen = await SeeAsync("/user/async", seen => seen.BusyFor is null);
        (seen.State, seen.Processed, seen.LastBeat).Should().Be((ActorState.Running, 1, TimeSpan.Zero));
    }

    [Fact]
    public async Task An_actor_is_starting_until_it_is_constructed()
    {
        var gate = NewGate();
        Sys.ActorOf(Doer.Props(new Hooks { Constructing = gate.Pass }), "new");
        await gate.ReachedAsync();
        Seen("/user/new").State.Should().Be(ActorState.Starting);
        gate.Open();
        await SeeAsync("/user/new", seen => seen.State == ActorState.Running);
    }

    [Fact]
    public async Task A_failed_actor_is_suspended_until_its_supervisor_decides_and_then_counts_a_restart()
    {
        var gate = NewGate();
        var parent = Sys.ActorOf(Doer.Props(new Hooks
        {
            Decide = _ =>
            {
                gate.Pass();
                return Directive.Restart;
            },
        }), "parent");
        var child = await ChildAsync(parent, Doer.Props(), "child");
        child.Tell((Action)(() => throw new InvalidOperationException("boom")));
        child.Tell(1);
        await gate.ReachedAsync();
        var seen = Seen("/user/parent/child");
        (seen.State, seen.Depth, seen.Processed).Should().Be((ActorState.Suspended, 1, 1));
        gate.Open();
        await DoneAsync(child);
        (Seen("/user/parent/child").State, Seen("/user/parent/child").Restarts).Should().Be((ActorState.Running, 1));
    }

    [Fact]
    public async Task An_actor_restarts_or_stops_as_long_as_children_of_it_stop()
    {
        var gate = NewGate();
        var top = Sys.ActorOf(Doer.Props(), "top");
        var middle = await ChildAsync(top, Doer.Props(), "middle");
        await ChildAsync(middle, Doer.Props(new Hooks { Stopping = gate.Pass }), "bottom");
        middle.Tell((Action)(() => throw new InvalidOperationException("boom")));
        await gate.ReachedAsync();
        await SeeAsync("/user/top/middle", seen => seen.State == ActorState.Restarting);
        Seen("/user/top/middle/bottom").State.Should().Be(ActorState.Stopping);
        Sys.Stop(top);
        await SeeAsync("/user/top", seen => seen.State == ActorState.Stopping);
        gate.Open();
    }

    [Fact]
    public async Task The_tree_reads_as_lines()
    {
        var parent = Sys.ActorOf(Doer.Props(), "parent");
        var first = await ChildAsync(parent, Doer.Props().WithMailbox("small"), "first");
        await ChildAsync(first, Doer.Props(), "below");
        await ChildAsync(parent, Doer.Props(), "second");
        await StableAsync(parent);
        await StableAsync(first);
        var gate = NewGate();
        first.Tell((Action)gate.Pass);
        await gate.ReachedAsync();
        for (var i = 0; i < 4; i++)
        {
            first.Tell(i);
        }

        Clock.Advance(TimeSpan.FromSeconds(1.25));
        ActorTree.Of(Sys).ToString().Split(Environment.NewLine).Should().Equal(
            "/user (GuardianActor) Running: 0 of 10000 waiting, 0 processed",
            "└─ parent (Doer) Running: 0 of 10000 waiting, 2 processed, last beat 1.250 s",
            "   ├─ first (Doer) Running: 3 of 3 waiting, oldest 1.250 s, busy 1.250 s, 1 processed, "
                + "last beat 1.250 s, dropped (DropNewest) 1",
            "   │  └─ below (Doer) Running: 0 of 10000 waiting, 0 processed",
            "   └─ second (Doer) Running: 0 of 10000 waiting, 0 processed");
    }

    [Fact]
    public async Task It_can_be_looked_at_while_actors_come_work_and_go()
    {
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(() =>
        {
            var looks = 0;
            while (!stop.IsCancellationRequested)
            {
                foreach (var seen in ActorTree.Of(Sys).WithDescendants())
                {
                    seen.Depth.Should().BeInRange(0, seen.Capacity + 1, "of {0}", seen);
                    looks++;
                }
            }

            return looks;
        });
        for (var round = 0; round < 50; round++)
        {
            var parent = Sys.ActorOf(Doer.Props(), $"round-{round}");
            var child = await ChildAsync(parent, Doer.Props().WithMailbox("small"), "child");
            for (var i = 0; i < 100; i++)
            {
                child.Tell(i);
            }

            child.Tell(PoisonPill.Instance);
            (await parent.GracefulStop(TimeSpan.FromMinutes(1)).WaitAsync(Patience)).Should().BeTrue();
        }

        await stop.CancelAsync();
        (await looking.WaitAsync(Patience)).Should().BePositive();
    }

    private ActorSnapshot Seen(string path) =>
        ActorTree.Of(Sys).WithDescendants().Single(seen => seen.Path.ToStringWithoutAddress() == path);

    /// <summary>What is seen once the condition holds, which the actor's own thread brings about.</summary>
    private async Task<ActorSnapshot> SeeAsync(string path, Func<ActorSnapshot, bool> condition)
    {
        var seen = Seen(path);
        await UntilAsync(() => condition(seen = Seen(path)));
        return seen;
    }

    /// <summary>All is handled, and the actor has left its last message.</summary>
    private Task<ActorSnapshot> StableAsync(IActorRef actor) => SeeAsync(
        actor.Path.ToStringWithoutAddress(), seen => seen is { Depth: 0, BusyFor: null, LastBeat: not null });
}
