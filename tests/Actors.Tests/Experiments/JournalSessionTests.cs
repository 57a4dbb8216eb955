using DklActors.Actors.Experiments;
using DklActors.Actors.Snapshots;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using System.Collections.Immutable;

namespace DklActors.Actors.Tests.Experiments;

public sealed class JournalSessionTests
{
    [Fact]
    public async Task An_event_that_no_state_would_follow_from_is_not_written()
    {
        // What is in the journal is folded at every start: one illegal event there, and no run goes on from it.
        await using var laboratory = new Laboratory();
        await using SqliteEventStore store = laboratory.OpenStore();
        JournalSession session = SessionOn(store, TimeProvider.System);
        PointPlanned planned = Planned(1);
        session.Append([planned], [], () => { });

        FluentActions.Invoking(() => session.Append([planned with { Target = new GridPoint(4, 4) }], [], () => { }))
            .Should().Throw<InvalidOperationException>("the first is on its way and counts already")
            .WithMessage("*planned*");
        session.InFlight.Should().Be(1);
    }

    [Fact]
    public async Task Appends_are_due_in_order_whatever_order_their_news_come_in_with_the_time_each_took()
    {
        await using var laboratory = new Laboratory();
        await using SqliteEventStore store = laboratory.OpenStore();
        var clock = new ManualTimeProvider();
        JournalSession session = SessionOn(store, clock);
        session.Append([Planned(1)], [], () => { });
        clock.Advance(TimeSpan.FromSeconds(1));
        session.Append([Planned(2)], [], () => { });
        clock.Advance(TimeSpan.FromSeconds(2));

        session.Complete(new Appended(2, [])).Should().BeEmpty("the first is not durable yet");
        clock.Advance(TimeSpan.FromSeconds(4));
        session.Complete(new Appended(1, [])).Select(due => due.Took.TotalSeconds).Should().Equal(7, 2);
        session.InFlight.Should().Be(0);
    }

    private static JournalSession SessionOn(IEventStore store, TimeProvider time) =>
        new(
            store, Laboratory.RunId, ActorRefs.Nobody, new AppendsUnderWay(), ExperimentState.Empty, 0,
            new SnapshotPolicy(1000, 0), time);

    private static PointPlanned Planned(int point) => new(
        new PointId(point),
        new GridPoint(3, 2 + point),
        new PlanningBasis(PlanningReason.Seed, 0, 0, [], 0, 0, 0, 0),
        TimeSpan.Zero);
}
