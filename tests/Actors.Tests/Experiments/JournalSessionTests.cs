using DklActors.Actors.Experiments;
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
        var session = new JournalSession(store, Laboratory.RunId, ActorRefs.Nobody, new AppendsUnderWay(), ExperimentState.Empty, 0);
        var planned = new PointPlanned(
            new PointId(1),
            new GridPoint(3, 3),
            new PlanningBasis(PlanningReason.Seed, 0, 0, [], 0, 0, 0, 0),
            TimeSpan.Zero);
        session.Append([planned], [], () => { });

        FluentActions.Invoking(() => session.Append([planned with { Target = new GridPoint(4, 4) }], [], () => { }))
            .Should().Throw<InvalidOperationException>("the first is on its way and counts already")
            .WithMessage("*planned*");
        session.InFlight.Should().Be(1);
    }
}
