using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Experiments;

public sealed class FaultTests
{
    [Fact]
    public async Task A_transient_detector_fault_is_tried_again_and_charged_each_time()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = async (lease, expose) =>
            {
                await expose();
                if (lease is { Point.Value: 4, Attempt: < 3 })
                {
                    throw new InstrumentException(FaultClass.Transient, "camera buffer overrun");
                }
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        PointState fourth = outcome.State.Points.Values.Single(point => point.Id.Value == 4);
        fourth.Attempts.Should().Be(3);
        fourth.Stage.Should().Be(PointStage.Scalarized);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureFailed>()
            .Should().HaveCount(2).And.OnlyContain(failed => failed.ChargedElectrons > 0);
        outcome.State.Dose.TotalElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
    }

    [Fact]
    public async Task A_point_that_fails_for_good_is_given_up_and_another_measured_instead()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease.Point.Value == 6
                ? Task.FromException(new InstrumentException(FaultClass.Permanent, "shutter stuck"))
                : expose(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        outcome.State.Points.Should().HaveCount(13);
        outcome.State.Points.Values.Should().ContainSingle(point => point.Stage == PointStage.Abandoned);
    }

    [Fact]
    public async Task A_detector_that_hangs_is_cut_off_by_the_lease_with_the_beam_blanked()
    {
        await using var laboratory = new Laboratory();
        var never = new TaskCompletionSource();
        var blankedAfterwards = new List<bool>();
        laboratory.Settings = laboratory.Settings with
        {
            Exposure = laboratory.Settings.Exposure with
            {
                LongestWallTime = TimeSpan.FromMilliseconds(50),
                Attempts = 2,
            },
        };
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease is { Point.Value: 2, Attempt: 1 } ? never.Task : expose(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync(_ => laboratory.Diary.After<ExposureFailed>(
            _ => blankedAfterwards.Add(laboratory.Microscope.Beam.IsBlanked)));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        blankedAfterwards.Should().NotBeEmpty().And.OnlyContain(blanked => blanked);
        outcome.State.Points.Values.Single(point => point.Id.Value == 2).Attempts.Should().Be(2);
    }

    [Fact]
    public async Task A_probe_that_reads_back_elsewhere_is_never_exposed_and_ends_the_run_after_three_points()
    {
        await using var laboratory = new Laboratory();
        var scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnReadBack = place => new ProbePosition(place.Row + 1, place.Column),
        };
        laboratory.Scope = scope;
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("3 points in a row").And.Contain("1.00 px away");
        scope.Exposed.Should().BeEmpty();
    }

    [Fact]
    public async Task A_stage_that_refuses_one_move_costs_one_point()
    {
        await using var laboratory = new Laboratory();
        int moves = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnMove = (_, move) => Interlocked.Increment(ref moves) == 3
                ? Task.FromException(new InstrumentException(FaultClass.Permanent, "limit switch"))
                : move(),
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<PointAbandoned>()
            .Single().Reason.Should().Contain("limit switch");
    }

    [Fact]
    public async Task A_beam_that_cannot_be_blanked_ends_the_run_with_an_alarm()
    {
        await using var laboratory = new Laboratory();
        bool stuck = false;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            RefusesToBlank = () => stuck,
            OnExpose = async (lease, expose) =>
            {
                await expose();
                stuck = lease.Point.Value == 3;
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.BeamAlarm.Should().Contain("COULD NOT BE BLANKED");
        laboratory.Diary.LiveState.Measured.Should().Be(2);
    }

    [Fact]
    public async Task An_alarm_is_journaled_while_the_blanker_hangs_and_ends_the_run_whatever_else_is_overdue()
    {
        await using var laboratory = new Laboratory();
        TimeSpan longest = TimeSpan.FromMilliseconds(300);
        laboratory.Settings = laboratory.Settings with
        {
            Exposure = new ExposureSettings(Laboratory.Dwell, longest, 3, longest),
        };
        int refusals = 0;
        bool stuck = false;
        using var hanging = new ManualResetEventSlim(initialState: false);
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            RefusesToBlank = () =>
            {
                // As many as raise the alarm; whoever tries after that does not come back.
                if (Volatile.Read(ref stuck) && Interlocked.Increment(ref refusals) > 5)
                {
                    hanging.Wait();
                }

                return Volatile.Read(ref stuck);
            },
            OnExpose = async (lease, expose) =>
            {
                if (lease.Point.Value < 3)
                {
                    await expose();
                    return;
                }

                Volatile.Write(ref stuck, true);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync(
            _ => laboratory.Diary.After<ExperimentInterlocked>(_ => hanging.Set()));

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("COULD NOT BE BLANKED");
        laboratory.Diary.LogLines.Should().Contain(line => line.Contains("COULD NOT BE BLANKED"));
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];
        ExposureIntended intent = events.OfType<ExposureIntended>().Last();
        events.OfType<ExposureFailed>().Single(failed => failed.Point == intent.Point)
            .ChargedElectrons.Should().BeGreaterThanOrEqualTo(intent.ReservedElectrons);
        outcome.State.Dose.OpenReservations.Should().Be(0);
    }

    [Fact]
    public async Task Training_that_always_fails_is_survived_by_filling_space_until_the_model_is_too_old()
    {
        await using var laboratory = new Laboratory();
        laboratory.CreateEngine = _ => new FailingEngine();
        laboratory.Settings = laboratory.Settings with
        {
            Learning = laboratory.Settings.Learning with { StalenessLimit = 8 },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("cannot be trained").And.Contain("no model today");
        outcome.State.Measured.Should().BeInRange(9, 11);
        outcome.State.Points.Values.Should().Contain(point => point.Basis.Reason == PlanningReason.SpaceFilling);
    }

    [Fact]
    public async Task Training_that_sometimes_fails_leaves_the_last_good_model_in_use()
    {
        await using var laboratory = new Laboratory();
        Func<Learning.Candidates.CandidateSet, IDklEngine> create = laboratory.CreateEngine;
        laboratory.CreateEngine = candidates => new FailingEngine(create(candidates));
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        laboratory.Diary.Events.Should().Contain(stored => stored.Event is TrainingFailed);
        laboratory.Diary.Events.Should().Contain(stored => stored.Event is ModelTrained);
    }

    [Fact]
    public async Task A_planner_that_crashes_is_made_anew_and_remembers_everything()
    {
        await using var laboratory = new Laboratory();
        var acquisition = new CrashingAcquisition(new MaximumUncertainty(), crashAt: 3);
        laboratory.Settings = laboratory.Settings with
        {
            Plan = laboratory.Settings.Plan with { Acquisition = acquisition },
        };
        ExperimentOutcome outcome = await laboratory.RunPlannedByModelAsync();

        acquisition.Crashed.Should().BeTrue();
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        outcome.State.Points.Values.Select(point => point.Target).Should().OnlyHaveUniqueItems();
        outcome.State.Points.Values.Select(point => point.Basis.Observations)
            .Should().BeInAscendingOrder("what was learned before the crash is not forgotten");
    }

    [Fact]
    public async Task A_total_dose_limit_ends_the_run_before_it_is_exceeded()
    {
        await using var laboratory = new Laboratory();
        TimeSpan longest = laboratory.Settings.Exposure.LongestWallTime;
        // One exposure's reservation, and a few dwells on top of it: fewer than the run's twelve.
        double most = laboratory.Microscope.BeamCurrent.ElectronsDuring(longest + (4 * Laboratory.Dwell));
        laboratory.Settings = laboratory.Settings with
        {
            Limits = DoseLimits.None with { TotalElectrons = most },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("total dose");
        laboratory.Microscope.Beam.Delivered.TotalElectrons.Should().BeLessThan(most);
    }

    [Fact]
    public async Task A_pixel_dose_limit_below_one_exposure_lets_nothing_through()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { Limits = DoseLimits.None with { PerPixel = new Dose(1e-6) } };
        var scope = new FaultyMicroscope(laboratory.Microscope);
        laboratory.Scope = scope;
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("the limit is");
        scope.Exposed.Should().BeEmpty();
    }

    private sealed class FailingEngine(IDklEngine? everyOther = null) : IDklEngine
    {
        private int _calls;

        public string Identity => "failing/1";

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
            everyOther is not null && ++_calls % 2 == 1
                ? everyOther.Train(request, cancellationToken)
                : throw new TrainingFailedException("no model today");

        public CandidateModel Restore(ModelState state) => everyOther!.Restore(state);

        public CandidateModel Prior(ulong seed) => everyOther!.Prior(seed);
    }

    private sealed class CrashingAcquisition(IAcquisitionFunction inner, int crashAt) : IAcquisitionFunction
    {
        private int _calls;

        public bool Crashed { get; private set; }

        public string Identity => inner.Identity;

        public void Score(AcquisitionInput input, Span<double> scores)
        {
            if (++_calls == crashAt)
            {
                Crashed = true;
                throw new InvalidOperationException("a bug in an acquisition function");
            }

            inner.Score(input, scores);
        }
    }
}
