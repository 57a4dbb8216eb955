using DklActors.Actors.Controlling;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Drifting;

/// <summary>A look is a survey: intended before, charged after, and no harm when it fails.</summary>
public sealed class LookTests
{
    [Fact]
    public async Task A_look_comes_between_points_with_nothing_else_under_way()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        await laboratory.RunAsync();

        HashSet<(int Point, int Attempt)> open = [];
        bool isScanning = false;
        foreach (JournalEvent journalEvent in DriftingLaboratory.EventsOf(laboratory))
        {
            switch (journalEvent)
            {
                case ExposureIntended intended:
                    isScanning.Should().BeFalse($"{intended.Point} is intended during a scan");
                    open.Add((intended.Point.Value, intended.Attempt));
                    break;
                case FrameRecorded frame:
                    open.Remove((frame.Point.Value, frame.Attempt));
                    break;
                case ExposureFailed failed:
                    open.Remove((failed.Point.Value, failed.Attempt));
                    break;
                case SurveyIntended:
                    isScanning = true;
                    break;
                case SurveyRecorded or DriftCorrected or SurveyLost:
                    isScanning = false;
                    break;
            }
        }

        isScanning.Should().BeFalse();
    }

    [Fact]
    public async Task A_look_of_another_scene_is_rejected_and_the_last_good_one_stays_in_force()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        int scans = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = async survey => ++scans == 3 ? Noise(await survey()) : await survey(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        DriftCorrected[] looks = [.. DriftingLaboratory.EventsOf(laboratory).OfType<DriftCorrected>()];
        looks[1].Rejected.Should().Contain("quality");
        looks.Count(look => look.Rejected is not null).Should().Be(1);
        outcome.State.Drift.Rejected.Should().Be(1);
        PixelShift first = looks[0].Shift;
        ExposureIntended next = DriftingLaboratory.EventsOf(laboratory)
            .SkipWhile(happened => happened != looks[1]).OfType<ExposureIntended>().First();
        (next.Requested - outcome.State.Points[next.Point].Target.Centre - first).Length.Should().BeLessThan(1e-9);
    }

    [Fact]
    public async Task A_scan_that_fails_is_charged_and_the_run_goes_on()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        int scans = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = survey => ++scans == 2
                ? throw new InstrumentException(FaultClass.Transient, "the scan coils are warm")
                : survey(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        DriftingLaboratory.EventsOf(laboratory).OfType<SurveyLost>().Single().Reason.Should().Contain("coils");
        outcome.State.Drift.Lost.Should().Be(1);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        outcome.State.Dose.TotalElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
    }

    [Fact]
    public async Task A_limit_that_a_look_would_pass_ends_the_run_before_the_beam_is_on()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        var scope = new FaultyMicroscope(laboratory.Microscope) { Duration = TimeSpan.FromMinutes(1) };
        laboratory.Scope = scope;
        double scan = laboratory.Microscope.BeamCurrent.ElectronsDuring(scope.Duration);
        int scans = 0;
        scope.OnSurvey = survey =>
        {
            scans++;
            return survey();
        };
        // The first scan takes no time at all here: what is stated for the second is refused only once it is too much.
        laboratory.Settings = laboratory.Settings with
        {
            Limits = DoseLimits.None with { TotalElectrons = scan + 1 },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("total dose");
        scans.Should().Be(1);
        outcome.State.Dose.OpenReservations.Should().Be(0);
    }

    [Fact]
    public async Task A_person_who_blanks_the_beam_during_a_look_has_it_taken_again_once_they_let_go()
    {
        int scans = 0;
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        var scope = new FaultyMicroscope(laboratory.Microscope);
        laboratory.Scope = scope;
        ExperimentOutcome outcome = await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<RunPaused>(_ => runner.Resume("maria", "go on"));
            scope.OnSurvey = async survey =>
            {
                StructuralImage image = await survey();
                if (++scans == 2)
                {
                    // Blanks at once; its answer waits for the journal.
                    _ = runner.AskAsync(new HardPause("maria", "at once"), CancellationToken.None);
                }

                return image;
            };
        });

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        JournalEvent[] events = DriftingLaboratory.EventsOf(laboratory);
        events.OfType<SurveyLost>().Single().Reason.Should().Contain("person");
        int lost = Array.FindIndex(events, happened => happened is SurveyLost);
        int look = Array.FindIndex(events, happened => happened is DriftCorrected);
        look.Should().BeGreaterThan(lost);
        events[..look].OfType<SurveyIntended>().Should().HaveCount(3);
    }

    [Fact]
    public async Task A_run_that_is_taken_up_again_looks_before_it_measures()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        await laboratory.RunAsync(runner => laboratory.Diary.After<FrameRecorded>(frame =>
        {
            if (frame.Point.Value == 5)
            {
                runner.Stop("maria", "lunch");
            }
        }));
        laboratory.Diary.LiveState.Run.Should().Be(RunState.Stopped);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        JournalEvent[] events = DriftingLaboratory.EventsOf(laboratory);
        int look = Array.FindIndex(events, happened => happened is DriftCorrected);
        look.Should().BePositive();
        events[..look].Should().NotContain(happened => happened is ExposureIntended);
        ((DriftCorrected)events[look]).RatePerMinute.Should().BeNull("nobody knows how long that was");
    }

    [Fact]
    public async Task A_drift_that_goes_too_far_holds_exposures_back_and_ends_the_run_when_it_stays_there()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(
            DriftingLaboratory.Settings with { LargestShiftPixels = 1.5 });
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("3 looks").And.Contain("limit is 1.5 px");
        JournalEvent[] events = DriftingLaboratory.EventsOf(laboratory);
        events.OfType<RunPaused>().Single().By.Should().Be("drift");
        int paused = Array.FindIndex(events, happened => happened is RunPaused);
        events[paused..].Should().NotContain(happened => happened is ExposureIntended);
        events[paused..].OfType<DriftCorrected>().Should().HaveCount(3);
        laboratory.Microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task What_was_held_back_for_a_doubtful_look_goes_on_after_a_good_one()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(
            DriftingLaboratory.Settings with { Unsure = UnsureDrift.Hold });
        int scans = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = async survey => ++scans is 3 or 4 ? Noise(await survey()) : await survey(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        Type[] story =
        [
            .. DriftingLaboratory.EventsOf(laboratory)
                .Where(happened => happened is RunPaused or RunResumed or DriftCorrected { Rejected: not null })
                .Select(happened => happened.GetType()),
        ];
        story.Should().Equal(
            typeof(DriftCorrected), typeof(RunPaused), typeof(DriftCorrected), typeof(RunResumed));
    }

    private static StructuralImage Noise(StructuralImage image)
    {
        float[] values = new float[image.Shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i * 7919 % 1009;
        }

        return new StructuralImage(image.Channel, image.Shape, image.PixelSize, values);
    }
}
