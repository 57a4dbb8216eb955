using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Virtual;
using DklActors.Journal.Codecs;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Tests.Experiments;

public sealed class WholeRunTests
{
    [Fact]
    public async Task A_run_measures_every_point_once_and_completes()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.Fault.Should().BeNull();
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        outcome.State.Points.Values.Select(point => point.Target).Should().OnlyHaveUniqueItems();
        outcome.State.Usable.Should().HaveCount(12);
        outcome.State.Model!.Observations.Should().Be(12, "the map is drawn from a model of everything");
        laboratory.Verify().FirstFault.Should().BeNull();
    }

    [Fact]
    public async Task The_journal_replays_to_the_live_state()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync();

        var replayed = ExperimentState.Fold((await laboratory.ReadAsync()).Select(stored => stored.Event));
        ExperimentState live = laboratory.Diary.LiveState;
        replayed.Points.Values.Should().Equal(live.Points.Values, (left, right) =>
            left.Id == right.Id && left.Stage == right.Stage && left.Scalar == right.Scalar
            && left.Attempts == right.Attempts && left.Target == right.Target);
        replayed.Usable.Should().Equal(live.Usable);
        replayed.Dose.TotalElectrons.Should().Be(live.Dose.TotalElectrons);
        replayed.Run.Should().Be(live.Run);
    }

    [Fact]
    public async Task Intent_is_durable_before_the_exposure_and_the_frame_before_its_scalar()
    {
        await using var laboratory = new Laboratory();
        var scope = new FaultyMicroscope(laboratory.Microscope);
        var unannounced = new List<string>();
        IEventStore? journal = null;
        laboratory.Wrap = store => journal = store;
        scope.OnExpose = (lease, expose) =>
        {
            // Reading has a connection of its own and sees only what is committed.
            bool announced = journal!.Read(Laboratory.RunId).Select(stored => stored.Event).OfType<ExposureIntended>()
                .Any(intent => intent.Point == lease.Point && intent.Attempt == lease.Attempt);
            if (!announced)
            {
                unannounced.Add(lease.Id);
            }

            return expose();
        };
        laboratory.Scope = scope;
        await laboratory.RunAsync();

        scope.Exposed.Should().HaveCount(12);
        unannounced.Should().BeEmpty();
        foreach (PointId point in laboratory.Diary.LiveState.Points.Keys)
        {
            long intended = OrderingOf<ExposureIntended>(e => e.Point == point);
            long recorded = OrderingOf<FrameRecorded>(e => e.Point == point);
            long scalarized = OrderingOf<PointScalarized>(e => e.Point == point);
            OrderingOf<PointPlanned>(e => e.Point == point).Should().BeLessThan(intended);
            intended.Should().BeLessThan(recorded);
            recorded.Should().BeLessThan(scalarized);
        }

        long OrderingOf<T>(Func<T, bool> isIt)
            where T : JournalEvent =>
            laboratory.Diary.Events.Single(stored => stored.Event is T typed && isIt(typed)).Ordering;
    }

    [Fact]
    public async Task The_beam_is_only_on_while_a_lease_is_exposed_and_the_ledger_holds_all_of_it()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync();

        DeliveredDose delivered = laboratory.Microscope.Beam.Delivered;
        laboratory.Microscope.Beam.IsBlanked.Should().BeTrue();
        outcome.State.Dose.OpenReservations.Should().Be(0);
        outcome.State.Dose.TotalElectrons.Should().BeGreaterThanOrEqualTo(delivered.TotalElectrons);
        TimeSpan exposed = laboratory.Diary.Events.Select(stored => stored.Event).OfType<FrameRecorded>()
            .Aggregate(TimeSpan.Zero, (sum, frame) => sum + frame.Timing.Exposed);
        delivered.BeamOnTime.Should().BeLessThanOrEqualTo(exposed);
        foreach (FrameRecorded frame in laboratory.Diary.Events.Select(stored => stored.Event).OfType<FrameRecorded>())
        {
            GridPoint pixel = frame.ReadBack.NearestPixel;
            outcome.State.Dose.ElectronsAt(pixel).Should().BeGreaterThanOrEqualTo(delivered.ElectronsAt(pixel));
        }
    }

    [Fact]
    public async Task Every_scalar_follows_again_from_its_stored_frame()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync();

        await using SqliteEventStore store = laboratory.OpenStore();
        foreach (PointState point in outcome.State.Points.Values)
        {
            Frame frame = FrameCodec.Read(store.ReadContent(ContentHash.Parse(point.Frame!.FrameHash)));
            laboratory.Scalarizer.Evaluate(new Measurement(frame, point.Frame.ReadBack)).Should().Be(point.Scalar);
        }
    }

    [Fact]
    public async Task Seeds_come_first_and_the_queue_never_exceeds_the_lookahead()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { Plan = laboratory.Settings.Plan with { Lookahead = 3 } };
        int deepest = 0;
        await laboratory.RunAsync();

        ExperimentState state = ExperimentState.Empty;
        foreach (StoredEvent stored in laboratory.Diary.Events)
        {
            state = state.Apply(stored.Event);
            deepest = Math.Max(deepest, state.Points.Values.Count(point => point.Stage == PointStage.Planned));
        }

        deepest.Should().BeInRange(2, 3);
        laboratory.Diary.LiveState.Points.Values.Take(5)
            .Should().OnlyContain(point => point.Basis.Reason == PlanningReason.Seed);
        laboratory.Diary.LiveState.Points.Values.Skip(5)
            .Should().OnlyContain(point => point.Basis.Reason != PlanningReason.Seed);
    }

    [Fact]
    public async Task A_probe_that_lands_elsewhere_teaches_the_patch_where_it_landed()
    {
        await using var laboratory = new Laboratory(new ProbeErrors(OffsetRowPixels: 2, OffsetColumnPixels: -1));
        laboratory.Settings = laboratory.Settings with
        {
            Stage = laboratory.Settings.Stage with { ToleranceInPixels = 3 },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        foreach (PointState point in outcome.State.Points.Values)
        {
            FrameRecorded frame = point.Frame!;
            frame.Requested.Should().Be(point.Target.Centre);
            frame.ReadBack.Should().Be(new ProbePosition(point.Target.Row + 2, point.Target.Column - 1));
            GridPoint landed = frame.ReadBack.NearestPixel;
            bool isCandidate = laboratory.Settings.Patch.Fits(landed, new GridShape(40, 40));
            if (isCandidate)
            {
                frame.Patch.Should().Be(landed, "that is where the frame was taken");
            }
        }

        outcome.State.Points.Values.Count(point => point.Frame!.Patch != point.Target).Should().BeGreaterThan(6);
    }

    [Fact]
    public async Task Bad_frames_are_recorded_and_never_learned_from()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnReadOut = (lease, frame) => lease.Point.Value % 3 == 0 ? Broken((SpectrumFrame)frame) : frame,
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Points.Values.Where(point => point.Id.Value % 3 == 0).Should()
            .OnlyContain(point => point.Scalar!.Quality == ScalarQuality.Bad && point.Frame != null);
        outcome.State.Usable.Should().OnlyContain(point => point.Value % 3 != 0);
    }

    private static SpectrumFrame Broken(SpectrumFrame frame) =>
        new(frame.Axis, Enumerable.Repeat(float.NaN, frame.Counts.Length).ToArray());
}
