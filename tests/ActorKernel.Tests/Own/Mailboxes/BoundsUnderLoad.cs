using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Event;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own.Mailboxes;

/// <summary>Four threads against one actor that handles nothing meanwhile: what is kept is exact.</summary>
public sealed class BoundsUnderLoad : HeldActors
{
    private const int Writers = 4;
    private const int Each = 500;
    private const int Capacity = 100;

    protected override ActorSystemSettings Settings => base.Settings with
    {
        Mailboxes = Named(
            new MailboxDefinition(Capacity, OverflowPolicy.DropNewest),
            new MailboxDefinition(Capacity, OverflowPolicy.DropOldest),
            new MailboxDefinition(Capacity, OverflowPolicy.LatestOnly),
            new MailboxDefinition(Capacity, OverflowPolicy.Fail)),
    };

    [Theory]
    [InlineData(OverflowPolicy.DropNewest, Capacity)]
    [InlineData(OverflowPolicy.DropOldest, Capacity)]
    [InlineData(OverflowPolicy.LatestOnly, 1)]
    [InlineData(OverflowPolicy.Fail, Capacity)]
    public async Task As_many_messages_as_have_room_are_kept_and_all_others_are_counted(OverflowPolicy policy, int kept)
    {
        var (actor, release) = Held(NewProbe(), policy);
        await WriteAsync(actor);
        var seen = Seen(actor);
        (seen.Depth, seen.Dropped).Should().Be((kept, (Writers * Each) - kept));
        release.Set();
    }

    [Theory]
    [InlineData(OverflowPolicy.DropNewest)]
    [InlineData(OverflowPolicy.DropOldest)]
    public async Task What_is_kept_of_one_sender_is_in_its_order_and_from_the_right_end(OverflowPolicy policy)
    {
        var events = NewProbe();
        var (actor, release) = Held(events, policy);
        await WriteAsync(actor);
        release.Set();
        var received = new List<(int Writer, int Number)>();
        for (var i = 0; i < Capacity; i++)
        {
            received.Add(await events.ExpectAsync<(int, int)>());
        }

        foreach (var ofWriter in received.GroupBy(message => message.Writer))
        {
            var first = policy == OverflowPolicy.DropNewest ? 0 : Each - ofWriter.Count();
            ofWriter.Select(message => message.Number).Should().Equal(Enumerable.Range(first, ofWriter.Count()));
        }
    }

    [Fact]
    public async Task An_evicted_message_makes_way_before_older_ones_that_are_never_dropped()
    {
        var events = NewProbe();
        var (actor, release) = Held(events, OverflowPolicy.LatestOnly);
        actor.Tell(ReceiveTimeout.Instance);
        for (var i = 0; i < 10; i++)
        {
            actor.Tell(i);
            actor.Tell(ReceiveTimeout.Instance);
        }

        release.Set();
        await events.ExpectAsync([.. Enumerable.Repeat<object>(ReceiveTimeout.Instance, 10)]);
        await events.ExpectAsync(9, ReceiveTimeout.Instance);
    }

    [Fact]
    public async Task Unstashed_messages_come_first_and_no_later_one_evicts_them()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(
            Props.Create(() => new Stashing(events.Ref)).WithMailbox(nameof(OverflowPolicy.LatestOnly)));
        actor.Tell("stashed");
        await events.ExpectAsync("stashing");
        actor.Tell("open");
        await events.ExpectAsync("stashed", "later 2");
    }

    private static Task WriteAsync(IActorRef actor) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                actor.Tell((writer, i));
            }
        })));

    private sealed class Stashing : ReceiveActor, IWithStash
    {
        public Stashing(IActorRef observer)
        {
            Receive<string>(message => message == "open", _ =>
            {
                Become(() => ReceiveAny(message => observer.Tell(message)));
                Stash.UnstashAll();
                Self.Tell("later 1");
                Self.Tell("later 2");
            });
            ReceiveAny(_ =>
            {
                Stash.Stash();
                observer.Tell("stashing");
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
