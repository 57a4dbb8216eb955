using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Tests.Replaying;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Placing;

/// <summary>The place of a run is derived again with it.</summary>
public sealed class VerifiedPlaceTests
{
    [Fact]
    public async Task A_run_at_a_place_is_clean_and_one_whose_place_was_altered_is_not()
    {
        var placed = new PlacedLaboratory();
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(inside: placed.Laboratory);

        (await recorded.VerifyAsync()).IsClean.Should().BeTrue();

        StoredEvent stored = recorded.Events.Single(happened => happened.Event is StageMoved);
        string journal = await recorded.CopyAsync(happened => happened.Event is StageMoved moved
            ? moved with { Asked = StagePosition.OfNanometres(1200, -401) }
            : happened.Event);
        Divergence first = (await recorded.VerifyAsync(journal)).Divergences[0];
        first.Difference.Should().Be(new Difference("asked", "(1200, -401) nm", "(1200, -400) nm"));
        first.Ordering.Should().Be(stored.Ordering);
    }
}
