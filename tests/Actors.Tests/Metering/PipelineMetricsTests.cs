using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Messages.Events;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Metering;

/// <summary>Metrics and journal of one run say the same, to the last electron.</summary>
public sealed class PipelineMetricsTests
{
    [Fact]
    public async Task Counters_agree_with_the_journal()
    {
        await using Laboratory laboratory = Named("counted");
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease switch
            {
                { Point.Value: 3, Attempt: 1 } => throw new InstrumentException(FaultClass.Transient, "glitch"),
                { Point.Value: 4 } => throw new InstrumentException(FaultClass.Permanent, "shutter"),
                _ => expose(),
            },
        };
        using var meters = new Meters("counted");
        ExperimentOutcome outcome = await laboratory.RunAsync();
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        meters.Sum("dkl.points.planned").Should().Be(events.OfType<PointPlanned>().Count());
        meters.Sum("dkl.points.planned", "Seed").Should().Be(
            events.OfType<PointPlanned>().Count(planned => planned.Basis.Reason == PlanningReason.Seed));
        meters.Sum("dkl.points.recorded").Should().Be(12);
        meters.Sum("dkl.points.scalarized", "Good").Should().Be(outcome.State.Usable.Count);
        meters.Sum("dkl.points.abandoned").Should().Be(1);
        meters.Sum("dkl.exposures.intended").Should().Be(events.OfType<ExposureIntended>().Count()).And.Be(14);
        meters.Sum("dkl.exposures").Should().Be(14, "each exposure has one outcome");
        meters.Sum("dkl.exposures", "frame").Should().Be(12);
        meters.Sum("dkl.exposures", "failed").Should().Be(2);
        meters.Sum("dkl.exposures.retries").Should().Be(1);
        meters.Sum("dkl.electrons").Should().Be(outcome.State.Dose.SettledElectrons);
        meters.Sum("dkl.electrons", "survey").Should().Be(outcome.State.Survey!.ChargedElectrons);
        meters.Sum("dkl.runs.ended", "Completed").Should().Be(1);
        meters.Sum("dkl.interlock.vetoes").Should().Be(0);
        meters.Sum("dkl.worker.restarts").Should().Be(0);
    }

    [Fact]
    public async Task Durations_are_those_of_the_journal()
    {
        await using Laboratory laboratory = Named("timed");
        using var meters = new Meters("timed");
        ExperimentOutcome outcome = await laboratory.RunAsync();
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];

        meters.Values("dkl.planning.duration").Should().Equal(
            events.OfType<PointPlanned>().Select(planned => planned.Took.TotalSeconds));
        meters.Values("dkl.training.duration", "trained").Should().Equal(
            events.OfType<ModelTrained>().Select(trained => trained.Took.TotalSeconds));
        meters.Values("dkl.scalarizing.duration").Should().Equal(
            events.OfType<PointScalarized>().Select(scalarized => scalarized.Took.TotalSeconds));
        meters.Values("dkl.detector.busy").Should().Equal(events.OfType<FrameRecorded>().Select(
            frame => (frame.Timing.Exposed + frame.Timing.ReadOut).TotalSeconds));
        meters.Values("dkl.journal.append.duration").Should().OnlyContain(seconds => seconds > 0)
            .And.HaveCountLessThanOrEqualTo(events.Length).And.HaveCountGreaterThan(events.Length / 2);
        double exposed = outcome.State.Dose.SettledElectrons - outcome.State.Survey!.ChargedElectrons;
        double perSecond = laboratory.Microscope.BeamCurrent.Picoampere * BeamCurrent.ElectronsPerSecondPerPicoampere;
        meters.Sum("dkl.beam.on").Should().BeApproximately(exposed / perSecond, 1e-9);
    }

    [Fact]
    public async Task Gauges_tell_how_it_stands_while_the_run_lives_and_nothing_after_it()
    {
        await using Laboratory laboratory = Named("gauged");
        using var meters = new Meters("gauged");
        double held = 0;
        double age = -1, inFlight = -1, utilisation = -1;
        await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<FrameRecorded>(frame =>
            {
                if (frame.Point.Value == 4)
                {
                    runner.Pause("maria", "look");
                }
            });
            laboratory.Diary.After<RunPaused>(_ =>
            {
                meters.Look();
                held = meters.Sum("dkl.holds.active", "maria");
                runner.Resume("maria", "seen");
            });
            laboratory.Diary.After<ExperimentCompleted>(_ =>
            {
                meters.Look();
                age = meters.Values("dkl.model.age").Single();
                inFlight = meters.Values("dkl.journal.in_flight").Single();
                utilisation = meters.Values("dkl.beam.utilisation").Single();
            });
        });

        held.Should().Be(1);
        age.Should().Be(0, "the last model is of everything");
        inFlight.Should().Be(0);
        ExposureTiming[] timings =
            [.. laboratory.Diary.Events.Select(one => one.Event).OfType<FrameRecorded>().Select(one => one.Timing)];
        TimeSpan busy = timings.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Exposed + one.ReadOut);
        ExposureTiming last = timings[^1];
        utilisation.Should().Be(
            busy / (last.ExposureStart + last.Exposed + last.ReadOut - timings[0].ExposureStart));

        meters.Look();
        meters.Values("dkl.model.age").Should().BeEmpty("the run is over");
        meters.Values("dkl.holds.active").Should().BeEmpty();
    }

    [Fact]
    public async Task A_continued_run_charges_what_a_crash_left_unknown_and_counts_nothing_twice()
    {
        await using Laboratory laboratory = Named("continued");
        using var meters = new Meters("continued");
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is FrameRecorded { Point.Value: 4 }
                ? throw new Journal.Storage.JournalException("power cut")
                : Task.CompletedTask,
        };
        await laboratory.RunAsync();
        laboratory.Wrap = store => store;
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        meters.Sum("dkl.exposures", "unknown").Should().BeGreaterThan(0);
        meters.Sum("dkl.exposures").Should().Be(meters.Sum("dkl.exposures.intended"));
        meters.Sum("dkl.points.recorded").Should().Be(outcome.State.Measured);
        meters.Sum("dkl.electrons").Should().BeApproximately(outcome.State.Dose.SettledElectrons, 1);
    }

    [Fact]
    public async Task A_worker_made_anew_is_counted_by_its_name()
    {
        await using Laboratory laboratory = Named("restarted");
        PlanSettings plan = laboratory.Settings.Plan;
        laboratory.Settings = laboratory.Settings with
        {
            Plan = plan with { Acquisition = new FailingOnce(plan.Acquisition) },
        };
        using var meters = new Meters("restarted");
        await laboratory.RunPlannedByModelAsync();
        meters.Sum("dkl.worker.restarts", "planner").Should().Be(1);
    }

    private static Laboratory Named(string runId)
    {
        var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { RunId = runId };
        return laboratory;
    }
}
