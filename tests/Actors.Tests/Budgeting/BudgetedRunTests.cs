using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying.Verification;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Replaying;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Budgeting;

/// <summary>A budget completes a whole run, and a replay ends it at the same point.</summary>
public sealed class BudgetedRunTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Electrons_are_never_passed_and_the_run_is_complete()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(laboratory =>
            laboratory.Settings = laboratory.Settings with
            {
                // What three longest exposures take: reserved is five seconds, used is a moment.
                Budget = RunBudget.None with { Electrons = ElectronsOf(laboratory, Longest) * 1.0005 },
            });

        ExperimentState state = Fold(recorded);
        state.Run.Should().Be(RunState.Completed);
        state.Budget!.Budget.Should().Be(BudgetKind.Electrons);
        state.EndReason.Should().Be(state.Budget.Reason);
        state.Measured.Should().BeLessThan(recorded.Laboratory.Settings.Plan.Total);
        state.Dose.TotalElectrons.Should().BeLessThanOrEqualTo(state.Budget.Allowed);
        state.Points.Values.Should().OnlyContain(point => !point.IsOutstanding);
        await BeCleanAsync(recorded);
    }

    [Fact]
    public async Task A_budget_of_one_pixel_ends_before_an_exposure_that_might_pass_it()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(laboratory =>
            laboratory.Settings = laboratory.Settings with
            {
                Budget = RunBudget.None with { PerPixel = new Dose(1e-3) },
            });

        Fold(recorded).Run.Should().Be(RunState.Completed);
        Fold(recorded).Measured.Should().Be(0);
        await BeCleanAsync(recorded);
    }

    [Fact]
    public async Task Time_at_work_ends_a_run_with_the_point_under_way()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(laboratory =>
            laboratory.Settings = laboratory.Settings with
            {
                Budget = RunBudget.None with { Duration = TimeSpan.FromTicks(1) },
            });

        ExperimentState state = Fold(recorded);
        state.Run.Should().Be(RunState.Completed);
        state.Budget!.Budget.Should().Be(BudgetKind.Duration);
        state.Measured.Should().BeInRange(1, 3, "the probe was at the next point by then");
        await BeCleanAsync(recorded);
    }

    [Theory]
    [InlineData(ConvergenceAim.Map, 0.89)]
    [InlineData(ConvergenceAim.Best, 0.9)]
    public async Task What_remains_is_noted_at_decisions_and_ends_the_run_when_it_settles(
        ConvergenceAim aim, double tolerance)
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(laboratory =>
            laboratory.Settings = laboratory.Settings with
            {
                Plan = laboratory.Settings.Plan with { Measurements = 25, Follows = aim, Lookahead = 1 },
                Budget = RunBudget.None with { Convergence = new ConvergenceBudget(aim, tolerance, 5) },
            });

        ExperimentState state = Fold(recorded);
        state.Run.Should().Be(RunState.Completed);
        state.Budget?.Budget.Should().Be(BudgetKind.Convergence);
        state.Measured.Should().BeLessThan(30);
        recorded.Events.Select(stored => stored.Event).OfType<PointPlanned>()
            .Where(planned => planned.Basis.ModelVersion > 0)
            .Should().OnlyContain(planned => planned.Basis.Remaining != null);
        await BeCleanAsync(recorded);
    }

    [Fact]
    public async Task A_replay_names_the_point_at_which_another_budget_would_have_ended_it()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        ExposureIntended[] intents = [.. recorded.Events.Select(s => s.Event).OfType<ExposureIntended>()];
        Laboratory laboratory = recorded.Laboratory;
        double reserve = intents[0].ReservedElectrons;
        laboratory.Settings = laboratory.Settings with
        {
            // The first fits to the electron.
            Budget = RunBudget.None with { Electrons = Fold(recorded, 1).Dose.TotalElectrons + reserve },
        };

        VerificationReport report = await recorded.VerifyAsync();

        report.IsClean.Should().BeFalse();
        Divergence first = report.Divergences[0];
        first.What.Should().Be(CheckedThing.Events);
        first.Point.Should().Be(intents[1].Point);
        first.Difference.Field.Should().Be("end");
        first.Difference.Found.Should().Contain("Electrons ends the run here");
    }

    [Fact]
    public async Task A_budget_that_was_forged_does_not_follow()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync(laboratory =>
            laboratory.Settings = laboratory.Settings with
            {
                Budget = RunBudget.None with { Duration = TimeSpan.FromTicks(1) },
            });
        StoredEvent stored = recorded.Last<BudgetReached>();
        var reached = (BudgetReached)stored.Event;

        string journal = await recorded.CopyAsync(one => one.Ordering == stored.Ordering
            ? reached with { Used = reached.Used + 1 }
            : one.Event);
        VerificationReport report = await recorded.VerifyAsync(journal);

        report.Divergences.Should().ContainSingle().Which.Difference.Field.Should().Be("used");
        report.Divergences[0].Point.Should().Be(reached.Point);
    }

    [Fact]
    public async Task A_run_that_died_after_its_budget_measures_nothing_more_and_is_completed()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with
        {
            Budget = RunBudget.None with { Duration = TimeSpan.FromTicks(1) },
        };
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is ExperimentCompleted
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        ExperimentOutcome died = await laboratory.RunAsync();
        int measured = died.State.Measured;
        died.State.Run.Should().Be(RunState.Running, "or it was completed before it died");
        died.State.Budget.Should().NotBeNull();

        laboratory.Wrap = store => store;
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed);
        outcome.State.Measured.Should().Be(measured);
        outcome.State.EndReason.Should().Be(outcome.State.Budget!.Reason);
    }

    [Fact]
    public async Task Time_at_work_adds_up_over_processes_and_leaves_out_the_time_between()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync(runner => laboratory.Diary.After<FrameRecorded>(frame =>
        {
            if (frame.Point.Value == 3)
            {
                runner.Stop("test", "enough");
            }
        }));
        TimeSpan first = laboratory.Diary.LiveState.Worked;

        await laboratory.RunAsync();

        ExperimentState state = laboratory.Diary.LiveState;
        state.Run.Should().Be(RunState.Completed);
        state.WorkedBefore.Should().Be(first);
        state.Worked.Should().BeGreaterThan(first);
    }

    private static double ElectronsOf(Laboratory laboratory, TimeSpan time) =>
        laboratory.Microscope.BeamCurrent.ElectronsDuring(time);

    private static ExperimentState Fold(RecordedLaboratory recorded, int? measured = null) => ExperimentState.Fold(
        recorded.Events.Select(stored => stored.Event)
            .TakeWhile(one => measured is null || one is not ExposureIntended));

    private static async Task BeCleanAsync(RecordedLaboratory recorded)
    {
        VerificationReport report = await recorded.VerifyAsync();
        report.IsClean.Should().BeTrue(string.Join('\n', report.Divergences));
        report.NotDerivable.Should().Be(0);
    }
}
