using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Experiments;

public sealed class ControlTests
{
    [Fact]
    public async Task A_stopped_run_ends_between_points_and_can_be_continued_to_the_same_number()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome stopped = await laboratory.RunAsync(runner => laboratory.Diary.After<FrameRecorded>(frame =>
        {
            if (frame.Point.Value == 5)
            {
                runner.Stop("maria", "coffee");
            }
        }));

        stopped.State.Run.Should().Be(RunState.Stopped);
        stopped.State.EndReason.Should().Be("coffee");
        stopped.State.Measured.Should().BeInRange(5, 7);
        stopped.State.Points.Values.Should().NotContain(point => point.Stage == PointStage.Intended);
        laboratory.Microscope.Beam.IsBlanked.Should().BeTrue();

        ExperimentOutcome continued = await laboratory.RunAsync();
        continued.State.Run.Should().Be(RunState.Completed, continued.State.EndReason);
        continued.State.Measured.Should().Be(12);
        continued.State.Points.Values.Select(point => point.Target).Should().OnlyHaveUniqueItems();
        continued.State.Points.Values.Should().NotContain(point => point.Stage == PointStage.OutcomeUnknown);
        laboratory.Verify().FirstFault.Should().BeNull();
    }

    [Fact]
    public async Task An_aborted_run_blanks_at_once_and_knows_the_outcome_of_its_last_exposure()
    {
        await using var laboratory = new Laboratory();
        var exposing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = async (lease, expose) =>
            {
                if (lease.Point.Value == 4)
                {
                    exposing.TrySetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
                }

                await expose();
            },
        };
        bool blanked = false;
        ExperimentOutcome outcome = await laboratory.RunAsync(runner => _ = exposing.Task.ContinueWith(
            _ =>
            {
                runner.Abort("maria", "wrong sample");
                blanked = laboratory.Microscope.Beam.IsBlanked;
            },
            TaskScheduler.Default));

        blanked.Should().BeTrue("the blanking waits for nobody");
        outcome.State.Run.Should().Be(RunState.Aborted);
        outcome.State.Measured.Should().Be(3);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureFailed>()
            .Should().Contain(failed => failed.Point.Value == 4 && failed.ChargedElectrons > 0);
    }

    [Fact]
    public async Task A_paused_run_intends_nothing_until_it_is_resumed()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync(runner =>
        {
            laboratory.Diary.After<FrameRecorded>(frame =>
            {
                if (frame.Point.Value == 4)
                {
                    runner.Pause("maria", "look");
                    runner.Pause("maria", "twice is once");
                }
            });
            // What was intended before the pause comes to its end; then there is nothing left that could happen.
            laboratory.Diary.After<RunPaused>(_ => Task.Run(async () =>
            {
                await NothingUnderWay(laboratory);
                runner.Resume("maria", "go on");
            }));
        });

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];
        events.OfType<RunPaused>().Should().ContainSingle();
        events.OfType<RunResumed>().Should().ContainSingle();
        events.SkipWhile(happened => happened is not RunPaused).TakeWhile(happened => happened is not RunResumed)
            .Should().NotContain(happened => happened is ExposureIntended);
        events.SkipWhile(happened => happened is not RunResumed)
            .Should().Contain(happened => happened is ExposureIntended);
    }

    [Fact]
    public async Task A_condition_outside_pauses_the_run_and_lets_go_by_itself()
    {
        await using var laboratory = new Laboratory();
        var vacuum = new Vacuum();
        laboratory.Conditions.Add(vacuum);
        ExperimentOutcome outcome = await laboratory.RunAsync(
            _ => laboratory.Diary.After<SurveyRecorded>(_ => vacuum.Break()));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        RunPaused paused = laboratory.Diary.Events.Select(stored => stored.Event).OfType<RunPaused>().First();
        paused.By.Should().Be("vacuum");
        paused.Reason.Should().Be("1e-3 Pa in the column");
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<RunResumed>().First().By.Should().Be("vacuum");
    }

    [Fact]
    public async Task A_run_is_not_continued_with_another_recipe()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync(runner => laboratory.Diary.After<SurveyRecorded>(_ => runner.Stop("maria", "")));
        laboratory.Settings = laboratory.Settings with { RecipeHash = new string('b', 64) };

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.Fault.Should().Contain("another recipe");
        laboratory.Diary.Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_completed_run_is_shown_again_and_not_continued()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome first = await laboratory.RunAsync();
        double[] mean = laboratory.Diary.Posterior!.Mean.ToArray();

        ExperimentOutcome again = await laboratory.RunAsync();

        again.State.Measured.Should().Be(first.State.Measured);
        laboratory.Diary.Events.Should().BeEmpty("nothing is written to a completed run");
        laboratory.Diary.Posterior!.Mean.ToArray().Should().Equal(mean, "the stored model gives the same bits");
    }

    private static async Task NothingUnderWay(Laboratory laboratory)
    {
        while (laboratory.Diary.LiveState.Points.Values.Any(
            point => point.Stage is PointStage.Intended or PointStage.Recorded))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private sealed class Vacuum : ISuspender
    {
        private int _broken;

        public string Name => "vacuum";

        public void Break() => Volatile.Write(ref _broken, 1);

        public string? Check() => Interlocked.Exchange(ref _broken, 0) == 1 ? "1e-3 Pa in the column" : null;
    }
}
