using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Replaying;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Support.Scalarizers;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>
/// A scalarizer that needs neighbours: the cross is measured, each pixel once, and every scalar has all of it.
/// </summary>
public sealed class StencilTests
{
    private static readonly GridShape Image = new(40, 40);

    [Fact]
    public async Task Around_every_point_its_neighbours_are_measured_and_no_pixel_twice()
    {
        await using var laboratory = new Laboratory { Scalarizer = new CrossDifference() };

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        outcome.State.Measured.Should().Be(12);
        PointState[] points = [.. outcome.State.Points.Values];
        points.Select(point => point.Target).Should().OnlyHaveUniqueItems();
        points.Count(point => point.Centre is null).Should().Be(12);
        points.Where(point => point.Centre is null)
            .Should().OnlyContain(point => point.Scalar!.Quality == ScalarQuality.Good);
        points.Where(point => point.Centre is not null)
            .Should().OnlyContain(point => point.Stage == PointStage.Recorded && point.Scalar == null);
        foreach (PointState centre in points.Where(point => point.Centre is null))
        {
            new CrossDifference().Neighbours.Select(offset => offset.From(centre.Target))
                .Should().OnlyContain(place => points.Any(point => point.Target == place && point.Frame != null));
        }
    }

    [Fact]
    public async Task The_scalar_is_that_of_the_five_frames_as_recorded()
    {
        await using var laboratory = new Laboratory { Scalarizer = new CrossDifference() };
        ExperimentOutcome outcome = await laboratory.RunAsync();
        var journal = SqliteJournalFile.Open(laboratory.JournalPath);
        Dictionary<GridPoint, Frame> frames = outcome.State.Points.Values.ToDictionary(
            point => point.Target,
            point => FrameCodec.Read(journal.ReadContent(ContentHash.Parse(point.Frame!.FrameHash))));

        foreach (PointState centre in outcome.State.Points.Values.Where(point => point.Centre is null))
        {
            centre.Scalar.Should().Be(new CrossDifference().At(centre.Target, Image, frames.GetValueOrDefault));
        }
    }

    [Fact]
    public async Task The_run_follows_again_bit_for_bit()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(
            laboratory => laboratory.Scalarizer = new CrossDifference());

        VerificationReport report = await recorded.VerifyAsync();

        report.IsClean.Should().BeTrue(string.Join('\n', report.Divergences));
        report.Checks.Single(check => check.What == CheckedThing.Scalars).Same.Should().Be(12);
        report.Checks.Single(check => check.What == CheckedThing.Decisions).Same.Should().Be(12);
    }

    [Fact]
    public async Task A_neighbour_that_was_moved_in_the_journal_is_found()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(
            laboratory => laboratory.Scalarizer = new CrossDifference());
        StoredEvent stored = recorded.Last<NeighbourPlanned>();
        var neighbour = (NeighbourPlanned)stored.Event;

        string journal = await recorded.CopyAsync(other => other == stored
            ? neighbour with { Target = new GridPoint(neighbour.Target.Row, neighbour.Target.Column + 7) }
            : other.Event);

        (await recorded.VerifyAsync(journal)).Divergences.Should().Contain(divergence =>
            divergence.Ordering == stored.Ordering && divergence.Difference.Field == "target");
    }

    [Fact]
    public async Task A_run_that_was_stopped_amid_a_cross_goes_on_where_it_was()
    {
        await using var laboratory = new Laboratory { Scalarizer = new CrossDifference() };
        int frames = 0;
        ExperimentOutcome stopped = await laboratory.RunAsync(runner =>
            laboratory.Diary.After<FrameRecorded>(_ =>
            {
                if (++frames == 8)
                {
                    runner.Stop("test", "amid a cross");
                }
            }));

        stopped.State.Run.Should().Be(RunState.Stopped);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        outcome.State.Measured.Should().Be(12);
        outcome.State.Points.Values.Where(point => point.Centre is null)
            .Should().OnlyContain(point => point.Scalar!.Quality == ScalarQuality.Good);
        // What was held back before its beam was on is intended anew; no place is exposed twice.
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureFailed>()
            .Where(failed => failed.ChargedElectrons > 0).Should().BeEmpty();
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<FrameRecorded>()
            .Select(recorded => recorded.Point).Should().OnlyHaveUniqueItems();
        laboratory.Verify().IsIntact.Should().BeTrue();
    }

    [Fact]
    public async Task A_neighbour_that_gives_no_frame_leaves_a_gap_that_the_scalarizer_is_told_of()
    {
        await using var laboratory = new Laboratory { Scalarizer = new CrossDifference() };
        PointId? broken = null;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) =>
            {
                broken ??= lease.Point.Value == 3 ? lease.Point : null;
                return lease.Point == broken
                    ? throw new InstrumentException(FaultClass.Permanent, "this place burns")
                    : expose();
            },
        };

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        PointState given = outcome.State.Points[new PointId(3)];
        given.Stage.Should().Be(PointStage.Abandoned);
        outcome.State.Points[given.Centre!.Value].Scalar!.Quality.Should().Be(ScalarQuality.Suspect);
    }

    [Fact]
    public async Task When_a_point_is_given_up_its_neighbours_are_not_exposed_for_nothing()
    {
        await using var laboratory = new Laboratory { Scalarizer = new CrossDifference() };
        var scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease.Point.Value == 1
                ? throw new InstrumentException(FaultClass.Permanent, "this place burns")
                : expose(),
        };
        laboratory.Scope = scope;

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        outcome.State.Measured.Should().Be(12);
        outcome.State.Points.Values.Where(point => point.Centre == new PointId(1))
            .Should().HaveCount(4).And.OnlyContain(point => point.Stage == PointStage.Abandoned);
        scope.Exposed.Select(lease => lease.Point.Value).Should().NotContain([2, 3, 4, 5]);
    }
}
