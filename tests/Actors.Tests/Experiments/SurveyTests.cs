using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>A scan for the structural image is an exposure: intended before the beam is on, charged however it ends.
/// </summary>
public sealed class SurveyTests
{
    private static readonly TimeSpan Stated = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Scan = TimeSpan.FromSeconds(20);

    private readonly MovableTime _time = new();

    public static TheoryData<string> Unusable => ["a pixel that is not a number", "no room for a patch"];

    [Fact]
    public async Task The_intent_is_durable_before_the_beam_goes_on()
    {
        await using var laboratory = new Laboratory();
        IEventStore? journal = null;
        laboratory.Wrap = store => journal = store;
        JournalEvent[] durable = [];
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = survey =>
            {
                durable = [.. journal!.Read(Laboratory.RunId).Select(stored => stored.Event)];
                return survey();
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        durable.Should().HaveCount(2);
        durable[1].Should().BeOfType<SurveyIntended>().Which.ReservedElectrons.Should().BeGreaterThan(0);
        outcome.State.Scan.Should().BeNull();
        outcome.State.Dose.ReservedForScan.Should().BeNull("the image answers the intent");
    }

    [Fact]
    public async Task A_scan_that_fails_is_charged_the_time_it_took()
    {
        await using var laboratory = new Laboratory(time: _time);
        FaultyMicroscope scope = ScopeOf(laboratory);
        scope.OnSurvey = _ =>
        {
            LetScan(laboratory);
            throw new InstrumentException(FaultClass.Permanent, "the scan coils are warm");
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("the scan coils are warm");
        ShouldBeChargedWhatItTook(laboratory, outcome);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_image_that_cannot_be_used_ends_the_run_which_can_be_continued_with_a_better_one(string problem)
    {
        await using var laboratory = new Laboratory(time: _time);
        FaultyMicroscope scope = ScopeOf(laboratory);
        scope.OnSurvey = async survey =>
        {
            LetScan(laboratory);
            return Spoil(await survey(), problem);
        };
        ExperimentOutcome failed = await laboratory.RunAsync();

        failed.State.Run.Should().Be(RunState.Failed);
        failed.State.EndReason.Should().Contain("structural image");
        failed.State.Survey.Should().BeNull("it would be the run's for ever");
        ShouldBeChargedWhatItTook(laboratory, failed);

        scope.OnSurvey = survey => survey();
        ExperimentOutcome continued = await laboratory.RunAsync();
        continued.State.Run.Should().Be(RunState.Completed, continued.State.EndReason);
        continued.State.Measured.Should().Be(12);
        continued.State.Dose.TotalElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
    }

    [Fact]
    public async Task A_process_that_died_during_a_scan_is_charged_all_that_was_set_aside_for_it()
    {
        await using var laboratory = new Laboratory(time: _time);
        FaultyMicroscope scope = ScopeOf(laboratory);
        scope.OnSurvey = async survey =>
        {
            LetScan(laboratory);
            return await survey();
        };
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is SurveyRecorded
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        await laboratory.RunAsync();
        SurveyIntended intent = laboratory.Diary.LiveState.Scan!;
        laboratory.Wrap = store => store;

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        EventsOf(laboratory)[..3].Select(happened => happened.GetType()).Should().Equal(
            typeof(ExperimentContinued), typeof(SurveyLost), typeof(SurveyIntended));
        EventsOf(laboratory).OfType<SurveyLost>().Single().ChargedElectrons.Should().Be(intent.ReservedElectrons);
        outcome.State.Dose.TotalElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
    }

    [Fact]
    public async Task While_a_condition_outside_holds_back_nothing_is_scanned()
    {
        await using var laboratory = new Laboratory();
        var column = new Column { Reason = "1e-3 Pa in the column" };
        laboratory.Conditions.Add(column);
        List<string?> scannedUnder = [];
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = survey =>
            {
                scannedUnder.Add(column.Reason);
                return survey();
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync(
            _ => laboratory.Diary.After<NoteAdded>(_ => column.Reason = null));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        scannedUnder.Should().Equal([null]);
        EventsOf(laboratory).OfType<NoteAdded>().Single().Text.Should().Contain("1e-3 Pa in the column");
        EventsOf(laboratory).Should().NotContain(happened => happened is SurveyLost);
    }

    [Fact]
    public async Task A_scan_that_fails_under_a_condition_is_charged_and_taken_again_once_it_has_passed()
    {
        await using var laboratory = new Laboratory();
        var column = new Column();
        laboratory.Conditions.Add(column);
        int scans = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = async survey =>
            {
                if (++scans > 1)
                {
                    return await survey();
                }

                column.Reason = "1e-3 Pa in the column";
                throw new InstrumentException(FaultClass.Transient, "the microscope scans nothing at 1e-3 Pa");
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync(
            _ => laboratory.Diary.After<NoteAdded>(_ => column.Reason = null));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        scans.Should().Be(2);
        SurveyLost lost = EventsOf(laboratory).OfType<SurveyLost>().Single();
        lost.Reason.Should().Contain("scans nothing at 1e-3 Pa");
        lost.ChargedElectrons.Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task An_abort_during_a_scan_closes_its_reservation()
    {
        await using var laboratory = new Laboratory(time: _time);
        FaultyMicroscope scope = ScopeOf(laboratory);
        var ended = new TaskCompletionSource<StructuralImage>(TaskCreationOptions.RunContinuationsAsynchronously);
        ExperimentOutcome outcome = await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<ExperimentAborted>(_ => ended.SetException(new OperationCanceledException()));
            scope.OnSurvey = async _ =>
            {
                LetScan(laboratory);
                runner.Abort("maria", "wrong sample");
                return await ended.Task;
            };
        });

        outcome.State.Run.Should().Be(RunState.Aborted);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        EventsOf(laboratory).OfType<SurveyLost>().Single().ChargedElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
        laboratory.Microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task A_total_dose_limit_below_the_dose_of_a_scan_lets_none_begin()
    {
        await using var laboratory = new Laboratory();
        FaultyMicroscope scope = ScopeOf(laboratory);
        int surveys = 0;
        scope.OnSurvey = survey =>
        {
            surveys++;
            return survey();
        };
        double most = laboratory.Microscope.BeamCurrent.ElectronsDuring(Stated - Laboratory.Dwell);
        laboratory.Settings = laboratory.Settings with { Limits = DoseLimits.None with { TotalElectrons = most } };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("total dose");
        surveys.Should().Be(0);
        outcome.State.Dose.TotalElectrons.Should().Be(0);
    }

    private static FaultyMicroscope ScopeOf(Laboratory laboratory)
    {
        var scope = new FaultyMicroscope(laboratory.Microscope) { Duration = Stated };
        laboratory.Scope = scope;
        return scope;
    }

    /// <summary>The beam is on for as long as a scan takes, and left on.</summary>
    private void LetScan(Laboratory laboratory)
    {
        laboratory.Microscope.Beam.Unblank();
        _time.PutForward(Scan);
    }

    private static void ShouldBeChargedWhatItTook(Laboratory laboratory, ExperimentOutcome outcome)
    {
        double charged = EventsOf(laboratory).OfType<SurveyLost>().Single().ChargedElectrons;
        double delivered = laboratory.Microscope.Beam.Delivered.TotalElectrons;
        delivered.Should().BeGreaterThan(0, "or this proves nothing");
        charged.Should().BeGreaterThanOrEqualTo(delivered);
        charged.Should().BeLessThan(EventsOf(laboratory).OfType<SurveyIntended>().Single().ReservedElectrons);
        outcome.State.Dose.TotalElectrons.Should().Be(charged);
        outcome.State.Dose.OpenReservations.Should().Be(0);
    }

    private static StructuralImage Spoil(StructuralImage image, string problem)
    {
        float[] values = image.Values.ToArray();
        if (problem.Contains("number"))
        {
            values[values.Length / 2] = float.NaN;
            return new StructuralImage(image.Channel, image.Shape, image.PixelSize, values);
        }

        return new StructuralImage(image.Channel, new GridShape(5, 5), image.PixelSize, values.AsMemory(0, 25));
    }

    private static JournalEvent[] EventsOf(Laboratory laboratory) =>
        [.. laboratory.Diary.Events.Select(stored => stored.Event)];

    private sealed class Column : ISuspender
    {
        private volatile string? _reason;

        public string Name => "column";

        public string? Reason
        {
            get => _reason;
            set => _reason = value;
        }

        public string? Check() => _reason;
    }
}
