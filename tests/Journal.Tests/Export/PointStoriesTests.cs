using DklActors.Journal.Export.Points;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Events;

namespace DklActors.Journal.Tests.Export;

public sealed class PointStoriesTests
{
    [Fact]
    public async Task Points_come_in_the_order_in_which_the_run_was_done_with_them_then_the_open_ones()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));

        PointStories.Of(run.Events).Select(story => (story.Point.Value, story.Outcome)).Should().Equal(
            (1, PointOutcome.Measured), (2, PointOutcome.Measured), (3, PointOutcome.Measured),
            (5, PointOutcome.Abandoned), (4, PointOutcome.Unknown), (6, PointOutcome.Planned));
    }

    [Fact]
    public async Task Every_exposure_of_a_point_is_counted_and_charged()
    {
        await using MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));

        PointStory second = PointStories.Of(run.Events).Single(story => story.Point.Value == 2);
        second.Attempts.Should().Be(2);
        second.ChargedElectrons.Should().Be(1250);
        second.Dwell.Should().Be(TimeSpan.FromMilliseconds(20));
        second.Remark.Should().Be("all counts are zero");
    }

    [Fact]
    public async Task A_point_that_was_never_planned_is_damage_and_is_named()
    {
        await using var run = new MadeRun();
        await run.BeginAsync();
        await run.RecordAsync(3, 1, MadeRun.Spectrum(3));

        Action read = () => _ = PointStories.Of(run.Events).ToArray();
        read.Should().Throw<JournalDamagedException>().WithMessage("Event 3 (exposure-intended)*p3*");
    }

    [Fact]
    public async Task Points_that_are_done_are_not_held()
    {
        await using var run = new MadeRun();
        await run.BeginAsync();
        await run.PlanAsync(1, modelVersion: 0);
        await run.AppendAsync(new PointAbandoned(new(1), "far"));
        StoredEvent[] events = [.. run.Events];
        var stories = new PointStories();
        foreach (StoredEvent stored in events)
        {
            stories.Add(stored);
        }

        Action again = () => stories.Add(events[^1]);
        again.Should().Throw<JournalDamagedException>("it was forgotten").WithMessage("*not under way*");
    }
}
