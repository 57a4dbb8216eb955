using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Controlling;

/// <summary>Holding the beam and ending, as persons ask for it.</summary>
public sealed class HoldingTests
{
    [Fact]
    public async Task A_hard_pause_blanks_at_once_and_does_not_count_as_a_failure_of_the_point()
    {
        await using var changed = new ChangedLaboratory(3);
        changed.Laboratory.Settings = changed.Laboratory.Settings with
        {
            Exposure = changed.Laboratory.Settings.Exposure with { Attempts = 1 },
        };
        changed.BeforePoint[4] = async () =>
        {
            Task paused = changed.DoAsync(new HardPause("maria", "smoke"));
            changed.Runner.Beam.IsBlanked.Should().BeTrue();
            changed.Runner.Beam.Lease.Should().BeNull();
            await paused;
            changed.Runner.Holds.Should().ContainSingle().Which.Should().Be(
                new RunHold("maria", "smoke", IsPerson: true, IsHard: true));
            await changed.DoAsync(new ResumeAll("jan", "steam"));
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        outcome.State.Points.Values.Should().OnlyContain(point => point.Stage == PointStage.Scalarized);
        changed.Events.OfType<ExposureFailed>().Should().Contain(
            failed => failed.Point.Value == 4 && failed.Reason.Contains("person"));
        changed.Events.OfType<RunResumed>().Should().ContainSingle().Which.By.Should().Be("jan");
    }

    [Fact]
    public async Task A_halted_run_is_taken_up_again_with_its_exposure_charged_in_full()
    {
        await using var changed = new ChangedLaboratory(3);
        Task<ControlAnswer>? halted = null;
        changed.BeforePoint[4] = () =>
        {
            halted = changed.AskAsync(new HaltNow("maria", "fire"));
            changed.Laboratory.Microscope.Beam.IsBlanked.Should().BeTrue();
            return halted;
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Halted);
        outcome.State.EndReason.Should().Be("fire");
        (await halted!).Accepted.Should().BeTrue();
        changed.Events[^1].Should().BeOfType<ExperimentHalted>();
        outcome.State.Dose.OpenReservations.Should().BePositive("nothing was put in order");

        changed.BeforePoint.Clear();
        ExperimentOutcome continued = await changed.RunAsync();

        continued.State.Run.Should().Be(RunState.Completed, continued.Fault ?? continued.State.EndReason);
        changed.Events.OfType<ExposureOutcomeUnknown>().Should().Contain(unknown => unknown.Point.Value == 4);
    }

    [Fact]
    public async Task Who_stops_or_aborts_is_told_once_it_is_durable()
    {
        await using var changed = new ChangedLaboratory(3);
        Task<ControlAnswer>? stopped = null;
        changed.BeforePoint[4] = () =>
        {
            stopped = changed.AskAsync(new StopAtPoint("maria", "coffee"));
            return Task.CompletedTask;
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Stopped);
        ControlAnswer answer = await stopped!;
        answer.Should().Be(ControlAnswer.Done(changed.Laboratory.Diary.Events.Last().SequenceNumber));
    }

    [Fact]
    public async Task A_hard_pause_during_the_scan_costs_the_scan_and_another_is_taken()
    {
        await using var changed = new ChangedLaboratory(3);
        int scans = 0;
        changed.Scope.OnSurvey = async survey =>
        {
            if (Interlocked.Increment(ref scans) == 1)
            {
                await changed.DoAsync(new HardPause("maria", "smoke"));
                _ = changed.DoAsync(new ResumeAll("maria", "steam"));
            }

            return await survey();
        };

        ExperimentOutcome outcome = await changed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.Fault ?? outcome.State.EndReason);
        scans.Should().Be(2);
        changed.Events.OfType<SurveyLost>().Should().ContainSingle();
        changed.Events.OfType<NoteAdded>().Should().Contain(note => note.By == "maria");
    }
}
