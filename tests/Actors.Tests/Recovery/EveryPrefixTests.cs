using System.Collections.Immutable;
using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Drifting;
using DklActors.Actors.Tests.Placing;
using DklActors.Actors.Tests.Planning;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Recovery;

/// <summary>A crash leaves some prefix of a run's events. Whichever it is, the run goes on to its end.</summary>
public sealed class EveryPrefixTests
{
    [Fact]
    public async Task Every_prefix_of_a_journal_can_be_continued_to_the_same_number_of_points_none_twice()
    {
        await using var original = new Laboratory();
        original.Settings = Short(original.Settings);
        await original.RunAsync();
        ImmutableArray<StoredEvent> events = await original.ReadAsync();
        events.Should().Contain(stored => stored.Event is SurveyIntended, "a crash may come during the scan, too");
        await ContinueEachAsync(original, events, static () => Shortened(new Laboratory()));
    }

    [Fact]
    public async Task Every_prefix_of_a_journal_whose_seeds_another_runs_model_chose_is_continued_with_the_same_seeds()
    {
        TransferredModel elsewhere = await ModelSeedsTests.ElsewhereAsync();
        await using var original = new Laboratory();
        original.Settings = ByModel(original.Settings, elsewhere);
        GridPoint[] seeds = SeedsOf((await original.RunAsync()).State);
        seeds.Should().HaveCount(3);
        ImmutableArray<StoredEvent> events = await original.ReadAsync();

        // What it was begun with is in the append of its start.
        await ContinueEachAsync(
            original, events,
            static () =>
            {
                var laboratory = new Laboratory();
                laboratory.Settings = ByModel(laboratory.Settings, null);
                return laboratory;
            },
            (state, after) => SeedsOf(state).Should().Equal(seeds, after),
            shortest: 2);

        static ExperimentSettings ByModel(ExperimentSettings settings, TransferredModel? model) => Short(settings) with
        {
            Plan = Short(settings).Plan with { SeedDesign = SeedDesignKind.Model },
            Transfer = model,
        };

        static GridPoint[] SeedsOf(ExperimentState state) =>
        [
            .. state.Points.Values.Where(static point => point.Basis.Reason == PlanningReason.Seed)
                .Select(static point => point.Target),
        ];
    }

    [Fact]
    public async Task Every_prefix_of_a_journal_with_a_lost_scan_and_a_pause_can_be_continued()
    {
        await using var original = new Laboratory();
        original.Settings = Short(original.Settings);
        ImmutableArray<StoredEvent> events = await RunWithALostScanAndAPauseAsync(original);
        await ContinueEachAsync(original, events, static () => Shortened(new Laboratory()));
    }

    [Fact]
    public async Task Every_prefix_of_a_journal_of_a_drifting_sample_can_be_continued()
    {
        DriftSettings looks = DriftingLaboratory.Settings with { EveryFrames = 2 };
        await using Laboratory original = DriftingLaboratory.Create(looks);
        original.Settings = Short(original.Settings);
        await original.RunAsync();
        ImmutableArray<StoredEvent> events = await original.ReadAsync();
        events.Should().Contain(stored => stored.Event is DriftCorrected);
        await ContinueEachAsync(original, events, () => Shortened(DriftingLaboratory.Create(looks)));
    }

    [Fact]
    public async Task Every_prefix_of_a_journal_of_a_run_at_a_place_can_be_continued()
    {
        await using var original = new PlacedLaboratory();
        original.Laboratory.Settings = Short(original.Laboratory.Settings);
        await original.RunAsync();
        ImmutableArray<StoredEvent> events = await original.Laboratory.ReadAsync();
        events.Should().Contain(stored => stored.Event is StageMoved);
        await using SqliteEventStore contents = original.Laboratory.OpenStore();

        for (int length = 1; length < events.Length; length++)
        {
            await using var placed = new PlacedLaboratory();
            Laboratory laboratory = placed.Laboratory;
            laboratory.Settings = Short(laboratory.Settings);
            placed.Stage.At = PlacedLaboratory.Place;
            await WritePrefixAsync(laboratory, contents, events[..length]);

            ExperimentOutcome outcome = await placed.RunAsync();

            string after = $"the crash came after event {length}, {events[length - 1].Manifest}";
            outcome.Fault.Should().BeNull(after);
            outcome.State.Run.Should().Be(RunState.Completed, after);
            outcome.State.Measured.Should().Be(6, after);
            outcome.State.StageAt.Should().Be(PlacedLaboratory.Place, after);
            placed.Stage.Moves.Count.Should().Be(length == 1 ? 1 : 0, after);
            laboratory.Verify().FirstFault.Should().BeNull(after);
        }
    }

    [Fact]
    public async Task An_exposure_of_unknown_outcome_is_charged_in_full_and_left_out()
    {
        (Laboratory laboratory, ExposureIntended intent) = await CrashedDuringAnExposureAsync();
        await using Laboratory _ = laboratory;
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Points[intent.Point].Stage.Should().Be(PointStage.OutcomeUnknown);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureOutcomeUnknown>()
            .Single().ChargedElectrons.Should().Be(intent.ReservedElectrons);
        outcome.State.Dose.ElectronsAt(intent.ReadBack.NearestPixel)
            .Should().BeGreaterThanOrEqualTo(intent.ReservedElectrons);
        outcome.State.Measured.Should().Be(6);
    }

    [Fact]
    public async Task Where_the_policy_says_so_it_is_exposed_again_knowingly_as_a_second_attempt()
    {
        (Laboratory laboratory, ExposureIntended intent) = await CrashedDuringAnExposureAsync();
        await using Laboratory _ = laboratory;
        laboratory.Settings = laboratory.Settings with { UnknownExposures = UnknownExposurePolicy.MeasureAgain };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Points[intent.Point].Stage.Should().Be(PointStage.Scalarized);
        outcome.State.Points[intent.Point].Attempts.Should().Be(2);
        laboratory.Diary.Events.Should().Contain(stored => stored.Event is ExposureOutcomeUnknown);
        outcome.State.Measured.Should().Be(6);
    }

    private static async Task<(Laboratory Laboratory, ExposureIntended Intent)> CrashedDuringAnExposureAsync()
    {
        await using var original = new Laboratory();
        original.Settings = Short(original.Settings);
        await original.RunAsync();
        ImmutableArray<StoredEvent> events = await original.ReadAsync();
        int index = events.Select((stored, i) => (stored, i)).Last(entry => entry.stored.Event is ExposureIntended).i;
        await using SqliteEventStore contents = original.OpenStore();
        var laboratory = new Laboratory();
        laboratory.Settings = Short(laboratory.Settings);
        await WritePrefixAsync(laboratory, contents, events[..(index + 1)]);
        return (laboratory, (ExposureIntended)events[index].Event);
    }

    private static async Task<ImmutableArray<StoredEvent>> RunWithALostScanAndAPauseAsync(Laboratory laboratory)
    {
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = _ => throw new InstrumentException(FaultClass.Permanent, "the scan coils are warm"),
        };
        await laboratory.RunAsync();
        laboratory.Scope = laboratory.Microscope;
        await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<FrameRecorded>(frame => Pause(runner, frame.Point.Value == 2));
            laboratory.Diary.After<RunPaused>(_ => runner.Resume("maria", "go on"));
        });
        ImmutableArray<StoredEvent> events = await laboratory.ReadAsync();
        events.Select(stored => stored.Event.GetType()).Should().Contain(
            [typeof(SurveyIntended), typeof(SurveyLost), typeof(RunPaused), typeof(RunResumed)]);
        return events;

        static void Pause(ExperimentRunner runner, bool isDue)
        {
            if (isDue)
            {
                runner.Pause("maria", "look");
            }
        }
    }

    /// <summary>Lets the run go on from every prefix of its events, each in a laboratory of its own.</summary>
    /// <param name="original">Where the events were journaled.</param>
    /// <param name="events">All of them.</param>
    /// <param name="create">Makes a laboratory like that one.</param>
    /// <param name="also">What else is to hold of the run's end, and after what.</param>
    /// <param name="shortest">Number of events that were appended together at the start.</param>
    private static async Task ContinueEachAsync(
        Laboratory original, ImmutableArray<StoredEvent> events, Func<Laboratory> create,
        Action<ExperimentState, string>? also = null, int shortest = 1)
    {
        await using SqliteEventStore contents = original.OpenStore();
        for (int length = shortest; length < events.Length; length++)
        {
            await using Laboratory laboratory = create();
            await WritePrefixAsync(laboratory, contents, events[..length]);
            var scope = new FaultyMicroscope(laboratory.Microscope);
            laboratory.Scope = scope;

            ExperimentOutcome outcome = await laboratory.RunAsync();

            string after = $"the crash came after event {length}, {events[length - 1].Manifest}";
            outcome.Fault.Should().BeNull(after);
            outcome.State.Run.Should().Be(RunState.Completed, after);
            outcome.State.Measured.Should().Be(6, after);
            outcome.State.Points.Values.Select(point => point.Target).Should().OnlyHaveUniqueItems(after);
            outcome.State.Dose.OpenReservations.Should().Be(0, after);
            ExperimentState atTheCrash = ExperimentState.Fold(events[..length].Select(stored => stored.Event));
            outcome.State.Dose.SettledElectrons.Should().BeGreaterThanOrEqualTo(atTheCrash.Dose.TotalElectrons, after);
            laboratory.Verify().FirstFault.Should().BeNull(after);
            ExposedBefore(atTheCrash).Should().NotIntersectWith(scope.Exposed.Select(lease => lease.Point), after);
            also?.Invoke(outcome.State, after);
        }
    }

    private static Laboratory Shortened(Laboratory laboratory)
    {
        laboratory.Settings = Short(laboratory.Settings);
        return laboratory;
    }

    private static ExperimentSettings Short(ExperimentSettings settings) =>
        settings with { Plan = settings.Plan with { Seeds = 3, Measurements = 3 } };

    // An intent that a pause withdrew, or an attempt that is known to have failed, may be followed by another one.
    private static IEnumerable<PointId> ExposedBefore(ExperimentState state) => state.Points.Values
        .Where(static point => point.Frame is not null || point.Stage == PointStage.Intended)
        .Select(static point => point.Id);

    private static async Task WritePrefixAsync(
        Laboratory laboratory, SqliteEventStore contents, ImmutableArray<StoredEvent> events)
    {
        await using SqliteEventStore store = laboratory.OpenStore();
        foreach (StoredEvent stored in events)
        {
            ImmutableArray<Content> with =
            [
                .. NamedContent.Of(stored).Select(named => new Content(named.Kind, contents.ReadContent(named.Hash))),
            ];
            await store.AppendAsync(
                new AppendRequest(Laboratory.RunId, stored.SequenceNumber - 1, [stored.Event], with),
                CancellationToken.None);
        }
    }
}
