using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Instruments.Ports;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Tests.Placing;

/// <summary>The stage takes the sample to the run's place before anything else: beam blanked, confirmed by read-back.
/// </summary>
public sealed class PlacingTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly PlacedLaboratory _placed = new();

    public static TheoryData<string> Faults => ["elsewhere", "refused for the moment", "no number"];

    private TestStage Stage => _placed.Stage;

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _placed.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A_run_begins_there_with_the_beam_blanked_before_its_image_is_intended()
    {
        Stage.At = StagePosition.OfNanometres(10, 20);
        List<bool> blanked = [];
        Stage.OnMove = move =>
        {
            blanked.Add(_placed.Laboratory.Microscope.Beam.IsBlanked);
            move();
            return Task.CompletedTask;
        };
        Stage.OnReadBack = at => at == PlacedLaboratory.Place ? StagePosition.OfNanometres(1203, -396) : at;

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        blanked.Should().Equal(true);
        _placed.Events[..3].Select(happened => happened.GetType()).Should().Equal(
            typeof(ExperimentStarted), typeof(StageMoved), typeof(SurveyIntended));
        var moved = (StageMoved)_placed.Events[1];
        moved.Asked.Should().Be(PlacedLaboratory.Place);
        moved.Found.Should().Be(StagePosition.OfNanometres(10, 20));
        moved.ReadBack.Should().Be(StagePosition.OfNanometres(1203, -396));
        outcome.State.StageAt.Should().Be(moved.ReadBack);
        Stage.Watched!.Value.Place.Should().Be(moved.ReadBack);
        outcome.State.IsDisplaced.Should().BeFalse("there was no image yet");
    }

    [Fact]
    public async Task A_place_outside_the_limits_is_refused_at_the_device_too_and_nothing_moves()
    {
        Stage.Limits = Stage.Limits with { MostX = new(1000) };

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("-5000 .. 1000 nm");
        ShouldNotHaveBegun();
        Stage.Moves.Should().BeEmpty();
    }

    [Fact]
    public async Task A_limit_that_only_the_device_knows_ends_the_run_as_one_does()
    {
        Stage.OnMove = _ => throw new StageLimitException("the pole piece is in the way");

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Interlocked);
        outcome.State.EndReason.Should().Contain("pole piece");
        ShouldNotHaveBegun();
        Stage.Moves.Should().ContainSingle("a limit is not tried twice");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stage_that_does_not_get_there_is_sent_as_often_as_is_allowed_and_the_run_can_be_taken_up(
        string fault)
    {
        Stage.OnMove = move => Misbehave(fault, move);
        Stage.OnReadBack = at => fault == "no number" && Stage.Moves.Count > 0
            ? StagePosition.OfNanometres(double.NaN, 0)
            : at;

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("2 times");
        ShouldNotHaveBegun();
        Stage.Moves.Should().HaveCount(2);

        Stage.OnMove = move =>
        {
            move();
            return Task.CompletedTask;
        };
        Stage.OnReadBack = at => at;
        ExperimentOutcome again = await _placed.RunAsync();
        again.State.Run.Should().Be(RunState.Completed, again.State.EndReason);
        _placed.Events.OfType<StageMoved>().Should().ContainSingle();
    }

    [Fact]
    public async Task A_move_of_which_no_answer_came_is_believed_where_it_reads_back_there()
    {
        Stage.OnMove = move =>
        {
            move();
            throw new InstrumentException(FaultClass.Transient, "the line broke");
        };

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        Stage.Moves.Should().ContainSingle("it was carried out");
    }

    [Fact]
    public async Task A_move_of_which_no_answer_came_is_asked_for_again_where_it_reads_back_elsewhere()
    {
        Stage.OnMove = move =>
        {
            if (Stage.Moves.Count == 1)
            {
                throw new InstrumentException(FaultClass.Transient, "the line broke");
            }

            move();
            return Task.CompletedTask;
        };

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        Stage.Moves.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_stage_that_is_not_heard_of_in_time_ends_the_run_which_says_that_it_may_still_move()
    {
        var never = new TaskCompletionSource();
        _placed.Laboratory.Settings = _placed.Laboratory.Settings with
        {
            Place = _placed.Laboratory.Settings.Place! with { Timeout = TimeSpan.FromMilliseconds(50) },
        };
        Stage.OnMove = _ => never.Task;

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("may still be moving");
        ShouldNotHaveBegun();
    }

    [Fact]
    public async Task An_instrument_without_a_stage_is_not_measured_wherever_it_is()
    {
        _placed.Scope.SampleStage = null;

        ExperimentOutcome outcome = await _placed.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain("cannot be moved from here");
        ShouldNotHaveBegun();
    }

    [Fact]
    public async Task A_beam_that_does_not_blank_moves_nothing()
    {
        Stage.OnReadBack = at =>
        {
            _placed.Laboratory.Microscope.Beam.Unblank();
            _placed.Scope.RefusesToBlank = () => true;
            return at;
        };

        ExperimentOutcome outcome = await _placed.RunAsync();

        (outcome.BeamAlarm ?? outcome.State.EndReason).Should().Contain("COULD NOT BE BLANKED");
        Stage.Moves.Should().BeEmpty();
        _placed.Events.OfType<SurveyIntended>().Should().BeEmpty();
    }

    [Fact]
    public async Task An_abort_while_the_stage_moves_ends_the_run_and_whoever_takes_it_up_asks_where_it_is()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ExperimentOutcome aborted = await _placed.RunAsync(runner => Stage.OnMove = move =>
        {
            move();
            runner.Abort("maria", "wrong sample");
            return arrived.Task;
        });
        arrived.SetResult();

        aborted.State.Run.Should().Be(RunState.Aborted);
        aborted.State.StageAt.Should().BeNull("nobody confirmed it");

        ExperimentOutcome outcome = await _placed.RunAsync();
        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        _placed.Events.OfType<StageMoved>().Should().ContainSingle();
    }

    private Task Misbehave(string fault, Action move)
    {
        switch (fault)
        {
            case "elsewhere":
                Stage.At = StagePosition.OfNanometres(1200, -340);
                break;
            case "no number":
                move();
                break;
            default:
                throw new InstrumentException(FaultClass.Transient, "the goniometer is busy");
        }

        return Task.CompletedTask;
    }

    private void ShouldNotHaveBegun()
    {
        _placed.Events.OfType<SurveyIntended>().Should().BeEmpty();
        _placed.Events.OfType<StageMoved>().Should().BeEmpty();
        _placed.Laboratory.Microscope.Beam.Delivered.TotalElectrons.Should().Be(0);
    }
}
