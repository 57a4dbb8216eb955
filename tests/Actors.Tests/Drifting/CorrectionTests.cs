using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Drifting;

/// <summary>The sample moves, and the probe follows it.</summary>
public sealed class CorrectionTests
{
    // Between two looks three exposures move it by three steps along either axis, and the match is off by a little.
    private const double Farthest = (3 * DriftingLaboratory.Step * 1.42) + 0.3;

    [Fact]
    public async Task What_is_measured_is_what_was_planned_however_far_the_sample_has_moved()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        DriftCorrected[] looks = [.. DriftingLaboratory.EventsOf(laboratory).OfType<DriftCorrected>()];
        looks.Should().HaveCountGreaterThanOrEqualTo(3).And.OnlyContain(look => look.Rejected == null);
        laboratory.Microscope.TrueDrift.Length.Should().BeGreaterThan(3, "or this proves nothing");
        foreach ((FrameRecorded frame, PixelShift drift) in FramesOf(laboratory))
        {
            ProbePosition onSample = frame.ReadBack - drift;
            GridPoint target = outcome.State.Points[frame.Point].Target;
            onSample.DistanceTo(target.Centre).Should().BeLessThan(Farthest, $"{frame.Point} of {target}");
            onSample.DistanceTo(frame.Patch.Centre).Should().BeLessThan(Farthest + 0.71);
        }
    }

    [Fact]
    public async Task Each_look_tells_how_far_the_sample_has_moved_since_the_first_image()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings);
        await laboratory.RunAsync();

        int frames = 0;
        foreach (JournalEvent journalEvent in DriftingLaboratory.EventsOf(laboratory))
        {
            frames += journalEvent is FrameRecorded ? 1 : 0;
            if (journalEvent is DriftCorrected look)
            {
                var truth = new PixelShift(frames * DriftingLaboratory.Step, -frames * DriftingLaboratory.Step);
                (look.Shift - truth).Length.Should().BeLessThan(0.25, $"it has moved by {truth} after {frames} frames");
            }
        }
    }

    [Fact]
    public async Task Without_correction_the_measurements_are_of_other_places()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(settings: null);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        DriftingLaboratory.EventsOf(laboratory).Should().NotContain(happened => happened is DriftCorrected);
        (FrameRecorded last, PixelShift drift) = FramesOf(laboratory)[^1];
        (last.ReadBack - drift).DistanceTo(outcome.State.Points[last.Point].Target.Centre)
            .Should().BeGreaterThan(2, "the sample has moved away");
    }

    [Fact]
    public async Task The_dose_of_a_place_is_that_of_the_sample_not_of_the_scan()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(DriftingLaboratory.Settings, surveyNoise: 0);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        double total = laboratory.Microscope.Beam.Delivered.TotalElectrons;
        outcome.State.Dose.TotalElectrons.Should().BeGreaterThanOrEqualTo(total);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        outcome.State.Drift.Electrons.Should().BeGreaterThanOrEqualTo(0);
        foreach (PointState point in outcome.State.Points.Values.Where(point => point.Frame is not null))
        {
            ProbePosition onSample = point.Frame!.ReadBack - (point.Frame.Requested - point.Target.Centre);
            outcome.State.Dose.ElectronsAt(onSample.NearestPixel).Should().BeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Places_that_have_left_the_scan_window_are_not_planned_and_given_up_where_they_were()
    {
        await using Laboratory laboratory = DriftingLaboratory.Create(
            DriftingLaboratory.Settings with { EveryFrames = 2, LargestShiftPixels = 20 }, step: 0.5);
        laboratory.Settings = laboratory.Settings with
        {
            Stage = laboratory.Settings.Stage with { MarginInPixels = 3 },
            Plan = laboratory.Settings.Plan with { MarginInPixels = 3, Lookahead = 3, Measurements = 15 },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(20);
        GridShape window = laboratory.Microscope.Probe.ScanWindow;
        ExperimentState state = ExperimentState.Empty;
        int outside = 0;
        foreach (JournalEvent journalEvent in DriftingLaboratory.EventsOf(laboratory))
        {
            if (journalEvent is PointPlanned planned)
            {
                laboratory.Settings.Stage.Allows(planned.Target.Centre + state.Drift.Shift, window)
                    .Should().BeTrue($"{planned.Target} lies outside after {state.Drift.Shift}");
            }

            outside += journalEvent is PointAbandoned { Cause: AbandonCause.NotWanted } abandoned
                && abandoned.Reason.Contains("drifted out") ? 1 : 0;
            state = state.Apply(journalEvent);
        }

        state.Drift.Shift.Length.Should().BeGreaterThan(6);
        state.Points.Values.Where(point => point.Stage == PointStage.Abandoned).Should().HaveCount(outside);
    }

    /// <summary>Each frame with how far the sample had moved when it was exposed.</summary>
    private static List<(FrameRecorded Frame, PixelShift Drift)> FramesOf(Laboratory laboratory) =>
    [
        .. DriftingLaboratory.EventsOf(laboratory).OfType<FrameRecorded>().Select((frame, i) => (
            frame, new PixelShift((i + 1) * DriftingLaboratory.Step, -(i + 1) * DriftingLaboratory.Step))),
    ];
}
