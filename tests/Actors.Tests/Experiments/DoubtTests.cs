using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Ports;
using DklActors.Messages.Events;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>Failures that say nothing of the point: an outcome that nobody knows, an instrument that is away.</summary>
public sealed class DoubtTests
{
    [Fact]
    public async Task An_exposure_of_which_nobody_knows_the_outcome_is_charged_in_full_and_not_repeated()
    {
        await using var laboratory = new Laboratory();
        var scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease.Point.Value == 6
                ? Task.FromException(new OutcomeUnknownException("the bridge ended within it"))
                : expose(),
        };
        laboratory.Scope = scope;

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];
        ExposureIntended intended = events.OfType<ExposureIntended>().Single(one => one.Point.Value == 6);
        ExposureOutcomeUnknown unknown = events.OfType<ExposureOutcomeUnknown>().Should().ContainSingle().Subject;
        unknown.ChargedElectrons.Should().BeGreaterThanOrEqualTo(intended.ReservedElectrons);
        events.OfType<PointAbandoned>().Should().ContainSingle(abandoned =>
            abandoned.Point.Value == 6 && abandoned.Reason.Contains("the bridge ended within it"));
        scope.Exposed.Where(lease => lease.Point.Value == 6).Should().ContainSingle();
        outcome.State.Measured.Should().Be(12, "another point is measured instead");
    }

    [Fact]
    public async Task It_is_measured_again_where_the_recipe_says_so()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { UnknownExposures = UnknownExposurePolicy.MeasureAgain };
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnExpose = (lease, expose) => lease is { Point.Value: 6, Attempt: 1 }
                ? Task.FromException(new OutcomeUnknownException("the bridge ended within it"))
                : expose(),
        };

        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        PointState sixth = outcome.State.Points.Values.Single(point => point.Id.Value == 6);
        sixth.Attempts.Should().Be(2);
        sixth.Stage.Should().Be(PointStage.Scalarized);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<PointAbandoned>().Should().BeEmpty();
    }

    [Fact]
    public async Task A_probe_that_cannot_be_placed_while_the_instrument_is_away_costs_no_point()
    {
        await using var laboratory = new Laboratory();
        var link = new Link();
        laboratory.Conditions.Add(link);
        int moves = 0;
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnMove = async (_, move) =>
            {
                if (Interlocked.Increment(ref moves) == 4)
                {
                    link.Reason = "the cable is pulled";
                    await link.Held;
                }

                if (link.Reason is { } reason)
                {
                    throw new InstrumentException(FaultClass.Permanent, reason);
                }

                await move();
            },
        };

        ExperimentOutcome outcome = await laboratory.RunAsync(_ =>
            laboratory.Diary.After<RunPaused>(_ => link.NoteHeld()));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12);
        JournalEvent[] events = [.. laboratory.Diary.Events.Select(stored => stored.Event)];
        events.OfType<RunPaused>().Should().Contain(paused => paused.By == "link");
        events.OfType<RunResumed>().Should().NotBeEmpty();
        events.OfType<PointAbandoned>().Should().BeEmpty();
    }

    /// <summary>A condition that lets go by itself a few looks after it was journaled.</summary>
    private sealed class Link : ISuspender
    {
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looks;

        public string Name => "link";

        public volatile string? Reason;

        public Task Held => _held.Task;

        public string? Check()
        {
            if (_held.Task.IsCompleted && Interlocked.Increment(ref _looks) > 2)
            {
                Reason = null;
            }

            return Reason;
        }

        public void NoteHeld() => _held.TrySetResult();
    }
}
