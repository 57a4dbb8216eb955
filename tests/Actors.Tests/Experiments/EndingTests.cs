using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>Every way to the end, with something else under way: the beam stays blanked and the end comes.</summary>
public sealed class EndingTests
{
    // Long enough for whatever should not happen to happen. A pass does not depend on it.
    private static readonly TimeSpan ForTheWorse = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task An_abort_while_an_intent_is_on_its_way_to_the_journal_exposes_nothing_any_more()
    {
        await using var laboratory = new Laboratory();
        var scope = new FaultyMicroscope(laboratory.Microscope);
        laboratory.Scope = scope;
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await RunAsync(laboratory, (runner, request) =>
        {
            if (request.Events[0] is ExposureIntended { Point.Value: 3 })
            {
                runner.Abort("maria", "wrong sample");
                return ending.Task;
            }

            if (request.Events[^1] is ExperimentAborted)
            {
                ending.TrySetResult();
                return Task.Delay(ForTheWorse, TimeProvider.System);
            }

            return Task.CompletedTask;
        });

        laboratory.Diary.LiveState.Run.Should().Be(RunState.Aborted);
        scope.Exposed.Should().NotContain(lease => lease.Point.Value == 3);
        laboratory.Diary.LiveState.Dose.TotalElectrons
            .Should().BeGreaterThanOrEqualTo(laboratory.Microscope.Beam.Delivered.TotalElectrons);
    }

    [Fact]
    public async Task A_beam_that_cannot_be_blanked_at_the_start_lets_no_survey_begin()
    {
        await using var laboratory = new Laboratory();
        int surveys = 0;
        laboratory.Microscope.Beam.Unblank();
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            RefusesToBlank = () => true,
            OnSurvey = survey =>
            {
                surveys++;
                return survey();
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        surveys.Should().Be(0);
    }

    [Fact]
    public async Task A_survey_that_leaves_the_beam_on_is_blanked_after()
    {
        await using var laboratory = new Laboratory();
        bool? blanked = null;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = async survey =>
            {
                var image = await survey();
                laboratory.Microscope.Beam.Unblank();
                return image;
            },
        };
        await laboratory.RunAsync(_ => laboratory.Diary.After<SurveyRecorded>(
            _ => blanked = laboratory.Microscope.Beam.IsBlanked));

        blanked.Should().BeTrue();
    }

    [Fact]
    public async Task A_stop_while_a_pause_is_on_its_way_to_the_journal_ends_the_run()
    {
        await using var laboratory = new Laboratory();
        // Nothing but the pause is under way: all points are measured and the last training takes for ever.
        laboratory.CreateEngine = _ => new EndlessEngine();
        laboratory.Settings = laboratory.Settings with { Plan = laboratory.Settings.Plan with { Measurements = 0 } };
        await RunAsync(
            laboratory,
            (runner, request) =>
            {
                if (request.Events[0] is not RunPaused)
                {
                    return Task.CompletedTask;
                }

                runner.Stop("maria", "coffee");
                return Task.Delay(ForTheWorse, TimeProvider.System);
            },
            runner => laboratory.Diary.After<PointScalarized>(_ =>
            {
                if (laboratory.Diary.LiveState.Usable.Count == 5)
                {
                    runner.Pause("maria", "look");
                }
            }));

        laboratory.Diary.LiveState.Run.Should().Be(RunState.Stopped);
    }

    [Fact]
    public async Task A_pause_right_after_a_resume_is_journaled_and_can_be_resumed()
    {
        await using var laboratory = new Laboratory();
        // No training either, whose end would move things on by chance.
        laboratory.Settings = laboratory.Settings with
        {
            Learning = laboratory.Settings.Learning with { FirstTraining = 100 },
        };
        bool again = true;
        await RunAsync(
            laboratory,
            (runner, request) =>
            {
                if (request.Events[0] is not RunResumed || !again)
                {
                    return Task.CompletedTask;
                }

                again = false;
                runner.Pause("maria", "once more");
                return Task.Delay(ForTheWorse, TimeProvider.System);
            },
            runner =>
            {
                laboratory.Diary.After<FrameRecorded>(frame =>
                {
                    if (frame.Point.Value == 4)
                    {
                        runner.Pause("maria", "look");
                    }
                });
                laboratory.Diary.After<RunPaused>(_ => runner.Resume("maria", "go on"));
                laboratory.Diary.After<RunResumed>(_ => runner.Resume("maria", "go on"));
            });

        laboratory.Diary.LiveState.Run.Should().Be(RunState.Completed);
    }

    [Fact]
    public async Task A_stop_before_the_journal_is_read_is_journaled_and_takes_no_survey()
    {
        await using var laboratory = new Laboratory();
        int surveys = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnSurvey = survey =>
            {
                surveys++;
                return survey();
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync(runner => runner.Stop("maria", "second thoughts"));

        outcome.State.Run.Should().Be(RunState.Stopped);
        outcome.State.EndReason.Should().Be("second thoughts");
        surveys.Should().Be(0);
    }

    [Fact]
    public async Task A_stop_at_the_start_of_a_continued_run_does_not_wait_for_a_frame_without_a_scalar()
    {
        await using var laboratory = new Laboratory();
        await RunAsync(laboratory, (_, request) => request.Events[0] is PointScalarized { Point.Value: 4 }
            ? throw new JournalException("power cut")
            : Task.CompletedTask);
        laboratory.Diary.LiveState.Points.Values.Should().Contain(point => point.Stage == PointStage.Recorded);
        laboratory.Wrap = store => store;

        ExperimentOutcome stopped = await laboratory.RunAsync(runner => runner.Stop("maria", "second thoughts"));
        stopped.State.Run.Should().Be(RunState.Stopped);
        ExperimentOutcome continued = await laboratory.RunAsync();
        continued.State.Run.Should().Be(RunState.Completed, continued.State.EndReason);
        continued.State.Usable.Should().HaveCount(12, "the frame got its scalar after all");
    }

    [Fact]
    public async Task A_trainer_that_never_answers_ends_the_run_instead_of_stalling_it()
    {
        await using var laboratory = new Laboratory();
        using var released = new ManualResetEventSlim(initialState: false);
        laboratory.CreateEngine = _ => new DeafEngine(released);
        laboratory.Settings = laboratory.Settings with
        {
            Plan = laboratory.Settings.Plan with { Measurements = 0 },
            Learning = laboratory.Settings.Learning with { Deadline = TimeSpan.FromMilliseconds(50) },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();
        released.Set();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("trainer did not answer");
        outcome.State.Measured.Should().Be(5);
    }

    [Fact]
    public async Task A_stop_outlives_a_restart_of_the_experiment()
    {
        await using var laboratory = new Laboratory();
        int left = 1;
        bool stopping = false;
        var scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnBeamCurrent = () =>
            {
                if (Volatile.Read(ref stopping) && Interlocked.Decrement(ref left) == 0)
                {
                    throw new InvalidOperationException("a driver's bug on the experiment's own thread");
                }
            },
        };
        laboratory.Scope = scope;
        ExperimentOutcome outcome = await laboratory.RunAsync(runner => scope.OnExpose = async (lease, expose) =>
        {
            if (lease.Point.Value == 3)
            {
                runner.Stop("maria", "coffee");
                await Task.Delay(ForTheWorse, TimeProvider.System);
                Volatile.Write(ref stopping, true);
            }

            await expose();
        });

        left.Should().BeLessThanOrEqualTo(0, "or this proves nothing");
        outcome.State.Run.Should().Be(RunState.Stopped, outcome.State.EndReason);
    }

    [Fact]
    public async Task A_staleness_limit_below_the_first_training_does_not_wait_for_a_model_that_cannot_be()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with
        {
            Learning = laboratory.Settings.Learning with { FirstTraining = 4, StalenessLimit = 1 },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
    }

    [Fact]
    public async Task A_total_dose_limit_does_not_cost_the_frame_that_is_being_read_out()
    {
        await using var laboratory = new Laboratory();
        TimeSpan longest = laboratory.Settings.Exposure.LongestWallTime;
        double reserved = laboratory.Microscope.BeamCurrent.ElectronsDuring(longest);
        var scope = new FaultyMicroscope(laboratory.Microscope)
        {
            BeforeReadOut = _ => Task.Delay(ForTheWorse / 4, TimeProvider.System),
        };
        laboratory.Scope = scope;
        laboratory.Settings = laboratory.Settings with
        {
            Limits = DoseLimits.None with { TotalElectrons = 1.5 * reserved },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(
            RunState.Completed, "twelve short exposures cost little; only two reservations at once are too much");
        laboratory.Diary.Events.Should().NotContain(stored => stored.Event is ExposureFailed);
    }

    private static async Task RunAsync(
        Laboratory laboratory,
        Func<ExperimentRunner, AppendRequest, Task> onAppend,
        Action<ExperimentRunner>? prepare = null)
    {
        InterceptedStore? journal = null;
        laboratory.Wrap = store => journal = new InterceptedStore(store);
        await laboratory.RunAsync(runner =>
        {
            journal!.OnAppend = request => onAppend(runner, request);
            prepare?.Invoke(runner);
        });
    }

    private sealed class DeafEngine(ManualResetEventSlim released) : IDklEngine
    {
        public string Identity => "deaf/1";

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
        {
            released.Wait(CancellationToken.None);
            throw new TrainingFailedException("released");
        }

        public CandidateModel Restore(ModelState state) => throw new TrainingFailedException("there is none");

        public CandidateModel Prior(ulong seed) => throw new TrainingFailedException("there is none");
    }

    private sealed class EndlessEngine : IDklEngine
    {
        public string Identity => "endless/1";

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        public CandidateModel Restore(ModelState state) => throw new TrainingFailedException("there is none");

        public CandidateModel Prior(ulong seed) => throw new TrainingFailedException("there is none");
    }
}
