using System.Diagnostics.Metrics;
using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

public sealed class Overflow : ActorTest
{
    protected override ActorSystemSettings Settings => base.Settings with
    {
        Mailboxes = new Dictionary<string, MailboxDefinition>
        {
            ["newest"] = new(3, OverflowPolicy.DropNewest),
            ["oldest"] = new(3, OverflowPolicy.DropOldest),
            ["latest"] = MailboxDefinition.LatestOnly,
            ["fail"] = new(3, OverflowPolicy.Fail),
        },
    };

    [Theory]
    [InlineData("newest", new[] { 0, 1, 2 }, new[] { 3, 4, 5 })]
    [InlineData("oldest", new[] { 3, 4, 5 }, new[] { 0, 1, 2 })]
    [InlineData("latest", new[] { 5 }, new[] { 0, 1, 2, 3, 4 })]
    public async Task A_full_mailbox_keeps_and_drops_what_its_policy_says(string mailbox, int[] kept, int[] dropped)
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        var (actor, release) = Held(events, mailbox);
        for (var i = 0; i < 6; i++)
        {
            actor.Tell(i);
        }

        release.Set();
        await events.ExpectAsync([.. kept.Cast<object>()]);
        foreach (var message in dropped)
        {
            var letter = await letters.ExpectAsync<DeadLetter>();
            (letter.Message, letter.Recipient).Should().Be((message, actor));
        }

        await events.ExpectNothingBeforeMarkerAsync();
        await letters.ExpectNothingBeforeMarkerAsync();
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    [InlineData("latest")]
    public async Task A_poison_pill_is_never_dropped(string mailbox)
    {
        var events = NewProbe();
        var (actor, release) = Held(events, mailbox);
        await events.WatchAsync(actor);
        for (var i = 0; i < 5; i++)
        {
            actor.Tell("filler");
        }

        actor.Tell(PoisonPill.Instance);
        for (var i = 0; i < 5; i++)
        {
            actor.Tell("filler");
        }

        release.Set();
        while (await events.NextAsync() is not Terminated)
        {
        }
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    [InlineData("latest")]
    public async Task Under_load_every_message_is_delivered_or_a_dead_letter_and_none_is_both(string mailbox)
    {
        const int Writers = 4;
        const int Each = 1000;
        var outcomes = NewProbe();
        Sys.EventStream.Subscribe(outcomes.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Puppet.Props(outcomes).WithMailbox(mailbox));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                actor.Tell((writer * Each) + i);
            }
        })));

        var seen = new List<int>();
        for (var i = 0; i < Writers * Each; i++)
        {
            var outcome = await outcomes.NextAsync();
            seen.Add((int)(outcome is DeadLetter letter ? letter.Message : outcome));
        }

        seen.Order().Should().Equal(Enumerable.Range(0, Writers * Each));
    }

    [Fact]
    public async Task Messages_around_an_undroppable_one_keep_their_order_when_the_oldest_go()
    {
        var events = NewProbe();
        var (actor, release) = Held(events, "oldest");
        actor.Tell("dropped 1");
        actor.Tell(ReceiveTimeout.Instance);
        actor.Tell("dropped 2");
        actor.Tell("dropped 3");
        actor.Tell("one");
        actor.Tell("two");
        actor.Tell("three");
        release.Set();
        await events.ExpectAsync(ReceiveTimeout.Instance, "one", "two", "three");
    }

    [Fact]
    public async Task The_failing_policy_hands_the_overflow_to_the_supervisor()
    {
        var events = NewProbe();
        var seen = new TaskCompletionSource<Exception>();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            seen.TrySetResult(failure);
            return Directive.Resume;
        })));
        var child = await ChildOfAsync(parent, Puppet.Props(events).WithMailbox("fail"));
        var release = Hold(child);
        for (var i = 0; i < 5; i++)
        {
            child.Tell(i);
        }

        release.Set();
        (await seen.Task.WaitAsync(Patience)).Should().BeOfType<MailboxOverflowException>()
            .Which.Message.Should().Contain("/child").And.Contain("3 messages");
        await events.ExpectAsync(0, 1, 2);
        child.Tell("goes on");
        await events.ExpectAsync("goes on");
    }

    [Fact]
    public void Drops_are_counted_under_their_policy()
    {
        var dropped = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == KernelMetrics.MeterName && instrument.Name == "actors.dropped_messages")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            // Other tests drop messages too, but on other threads: a Tell counts on the teller's.
            if (Equals(tags[0].Value, nameof(OverflowPolicy.DropNewest)) && Counting)
            {
                Interlocked.Add(ref dropped, (int)count);
            }
        });
        listener.Start();
        var (actor, release) = Held(NewProbe(), "newest");
        Counting = true;
        for (var i = 0; i < 10; i++)
        {
            actor.Tell(i);
        }

        Counting = false;
        release.Set();
        dropped.Should().Be(7);
    }

    [Fact]
    public void A_mailbox_that_is_not_defined_names_those_that_are() =>
        FluentActions.Invoking(() => Sys.ActorOf(Puppet.Props(NewProbe()).WithMailbox("huge")))
            .Should().Throw<ConfigurationException>().WithMessage("*\"huge\"*newest, oldest, latest, fail*");

    [ThreadStatic]
    private static bool Counting;

    private static ManualResetEventSlim Hold(IActorRef actor)
    {
        var release = new ManualResetEventSlim();
        var held = new ManualResetEventSlim();
        actor.Tell(new Do(_ =>
        {
            held.Set();
            release.Wait(Patience);
        }));
        held.Wait(Patience).Should().BeTrue();
        return release;
    }

    private (IActorRef Actor, ManualResetEventSlim Release) Held(Probe events, string mailbox)
    {
        var actor = Sys.ActorOf(Puppet.Props(events).WithMailbox(mailbox));
        return (actor, Hold(actor));
    }
}
