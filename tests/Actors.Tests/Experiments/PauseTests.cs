using System.Collections.Concurrent;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>
/// What the journal calls a pause: the beam is blanked, and no exposure begins until the journal says that the run goes
/// on. All happens around the third point, whose intent comes at a bad moment.
/// </summary>
public sealed class PauseTests
{
    private static readonly PointId Third = new(3);

    private readonly ConcurrentQueue<string> _exposedWhilePaused = new();

    [Fact]
    public async Task A_pause_while_an_intent_is_on_its_way_to_the_journal_withdraws_it()
    {
        await using var laboratory = new Laboratory();
        TaskCompletionSource paused = NewSignal();
        ExperimentOutcome outcome = await RunAsync(laboratory, (runner, journal) =>
        {
            journal.OnAppend = request =>
            {
                if (IsFirstIntentOfThird(request.Events[0]))
                {
                    runner.Pause("maria", "look");
                    return paused.Task;
                }

                return Task.CompletedTask;
            };
            journal.OnCommitted = request => Set(paused, request.Events[0] is RunPaused);
            ResumeOnceThirdIsAnswered(laboratory, runner);
        });

        ShouldBeWithdrawnAndMeasuredLater(laboratory, outcome);
    }

    [Fact]
    public async Task A_pause_while_an_intent_waits_for_the_frame_before_it_withdraws_it()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await RunAsync(laboratory, (runner, journal) =>
        {
            ReadOutSecondOnceThirdIsWithdrawn(laboratory, journal);
            laboratory.Diary.After<ExposureIntended>(intent =>
            {
                if (IsFirstIntentOfThird(intent))
                {
                    runner.Pause("maria", "look");
                }
            });
            ResumeOnceThirdIsAnswered(laboratory, runner);
        });

        ShouldBeWithdrawnAndMeasuredLater(laboratory, outcome);
    }

    [Fact]
    public async Task A_pause_during_an_exposure_is_journaled_once_the_beam_is_blanked()
    {
        await using var laboratory = new Laboratory();
        TaskCompletionSource heard = NewSignal();
        var blanked = new List<bool>();
        ExperimentOutcome outcome = await RunAsync(laboratory, (runner, journal) =>
        {
            laboratory.Diary.OnLogLine = line => Set(
                heard, line.Template.StartsWith("Held back") && line.Properties.Values.Contains("jan"));
            journal.OnAppend = request =>
            {
                if (request.Events[0] is RunPaused)
                {
                    blanked.Add(laboratory.Microscope.Beam.IsBlanked);
                }

                return Task.CompletedTask;
            };
            var scope = (FaultyMicroscope)laboratory.Scope;
            scope.OnExpose = async (lease, expose) =>
            {
                if (lease.Point == Third)
                {
                    runner.Pause("maria", "look");
                    // All that the first pause could do is done when the second one is heard.
                    runner.Pause("jan", "look as well");
                    await heard.Task;
                }

                await expose();
            };
            laboratory.Diary.After<RunPaused>(_ =>
            {
                runner.Resume("maria", "go on");
                runner.Resume("jan", "go on");
            });
        });

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Points[Third].Attempts.Should().Be(1, "a point under way comes to its end");
        blanked.Should().Equal([true, true], "what each of them says is journaled, with the beam blanked");
    }

    [Fact]
    public async Task A_release_on_its_way_to_the_journal_lets_nothing_be_exposed_yet()
    {
        await using var laboratory = new Laboratory();
        TaskCompletionSource paused = NewSignal();
        TaskCompletionSource released = NewSignal();
        TaskCompletionSource thirdIsAnswered = NewSignal();
        ExperimentOutcome outcome = await RunAsync(laboratory, (runner, journal) =>
        {
            journal.OnAppend = request =>
            {
                if (IsFirstIntentOfThird(request.Events[0]))
                {
                    runner.Pause("maria", "look");
                    runner.Resume("maria", "go on");
                    return Task.WhenAll(paused.Task, released.Task);
                }

                Set(released, request.Events[0] is RunResumed);
                Set(thirdIsAnswered, request.Events[0] is ExposureFailed { Point.Value: 3 });
                return Task.CompletedTask;
            };
            journal.OnCommitted = request => Set(paused, request.Events[0] is RunPaused);
            journal.BeforeCommit = request =>
                request.Events[0] is RunResumed ? thirdIsAnswered.Task : Task.CompletedTask;
            var scope = (FaultyMicroscope)laboratory.Scope;
            var note = scope.OnExpose;
            scope.OnExpose = (lease, expose) =>
            {
                Task exposed = note(lease, expose);
                Set(thirdIsAnswered, lease.Point == Third);
                return exposed;
            };
        });

        ShouldBeWithdrawnAndMeasuredLater(laboratory, outcome);
    }

    [Fact]
    public async Task A_stop_that_finds_an_intent_withdraws_it_and_ends_the_run()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await RunAsync(laboratory, (runner, journal) =>
        {
            ReadOutSecondOnceThirdIsWithdrawn(laboratory, journal);
            laboratory.Diary.After<ExposureIntended>(intent =>
            {
                if (IsFirstIntentOfThird(intent))
                {
                    runner.Stop("maria", "coffee");
                }
            });
        });

        outcome.State.Run.Should().Be(RunState.Stopped, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(2, "the frame that was being read out is kept");
        outcome.State.Points[Third].Stage.Should().Be(PointStage.Planned);
        outcome.State.Dose.OpenReservations.Should().Be(0);
        ((FaultyMicroscope)laboratory.Scope).Exposed.Should().NotContain(lease => lease.Point == Third);
    }

    private Task<ExperimentOutcome> RunAsync(Laboratory laboratory, Action<ExperimentRunner, InterceptedStore> prepare)
    {
        InterceptedStore? journal = null;
        laboratory.Wrap = store => journal = new InterceptedStore(store);
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) =>
            {
                // Reading has a connection of its own and sees only what is committed.
                var committed = ExperimentState.Fold(journal!.Read(Laboratory.RunId).Select(stored => stored.Event));
                if (committed.Run == RunState.Paused)
                {
                    _exposedWhilePaused.Enqueue(lease.Id);
                }

                return expose();
            },
        };
        return laboratory.RunAsync(runner => prepare(runner, journal!));
    }

    private void ShouldBeWithdrawnAndMeasuredLater(Laboratory laboratory, ExperimentOutcome outcome)
    {
        _exposedWhilePaused.Should().BeEmpty();
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        PointState third = outcome.State.Points[Third];
        third.Stage.Should().Be(PointStage.Scalarized);
        third.Attempts.Should().Be(2);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureFailed>()
            .Should().ContainSingle(failed => failed.Point == Third).Which.ChargedElectrons.Should().Be(0);
        ((FaultyMicroscope)laboratory.Scope).Exposed.Should().ContainSingle(lease => lease.Point == Third);
    }

    private static void ReadOutSecondOnceThirdIsWithdrawn(Laboratory laboratory, InterceptedStore journal)
    {
        TaskCompletionSource withdrawn = NewSignal();
        ((FaultyMicroscope)laboratory.Scope).BeforeReadOut =
            lease => lease is { Point.Value: 2, Attempt: 1 } ? withdrawn.Task : Task.CompletedTask;
        journal.OnAppend = request =>
        {
            Set(withdrawn, request.Events[0] is ExposureFailed { Point.Value: 3 });
            return Task.CompletedTask;
        };
    }

    private static void ResumeOnceThirdIsAnswered(Laboratory laboratory, ExperimentRunner runner)
    {
        laboratory.Diary.After<ExposureFailed>(failed => ResumeAfter(failed.Point));
        laboratory.Diary.After<FrameRecorded>(frame => ResumeAfter(frame.Point));

        void ResumeAfter(PointId point)
        {
            if (point == Third)
            {
                runner.Resume("maria", "go on");
            }
        }
    }

    private static bool IsFirstIntentOfThird(JournalEvent happened) =>
        happened is ExposureIntended { Point.Value: 3, Attempt: 1 };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Set(TaskCompletionSource signal, bool isDue)
    {
        if (isDue)
        {
            signal.TrySetResult();
        }
    }
}
