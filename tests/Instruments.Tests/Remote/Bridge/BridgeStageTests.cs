using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using static DklActors.Instruments.Tests.Remote.Bridge.BridgeSetup;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>The sample's stage behind a bridge: sent once, and asked where it is as often as it takes.</summary>
public sealed class BridgeStageTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Limits = """{"x_nm": [-2000, 3000], "y_nm": [-500.5, 500]}""";

    private static readonly StagePosition Place = StagePosition.OfNanometres(1200, -400);

    private readonly ScriptedBridge _bridge = new() { StageLimits = Limits };

    public Task InitializeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task It_says_where_it_goes_and_goes_there()
    {
        using BridgeMicroscope microscope = await _bridge.BeginAsync();
        ISampleStage stage = microscope.SampleStage!;

        await stage.MoveAsync(Place, CancellationToken.None);

        stage.Limits.Should().Be(new StageLimits(
            new Nanometre(-2000), new Nanometre(3000), new Nanometre(-500.5), new Nanometre(500)));
        _bridge.Stage.Should().Be((1200, -400));
        _bridge.Of("PUT /v1/stage").Single().Headers["Dkl-Session"].Should().StartWith("01");
        (await stage.ReadBackAsync(CancellationToken.None)).Should().Be(Place);
    }

    [Fact]
    public async Task A_microscope_whose_stage_the_bridge_does_not_move_has_none()
    {
        _bridge.StageLimits = null;
        using BridgeMicroscope microscope = _bridge.Open();

        microscope.SampleStage.Should().BeNull();
    }

    [Fact]
    public async Task A_place_that_the_bridge_refuses_is_outside_the_limits_and_not_asked_for_again()
    {
        _bridge.On["PUT /v1/stage"] = _ => Reply.Refusal(422, "outside-limits", "permanent", "x_nm: 1200 is too far");
        using BridgeMicroscope microscope = await _bridge.BeginAsync();

        Func<Task> move = () => microscope.SampleStage!.MoveAsync(Place, CancellationToken.None).AsTask();

        await move.Should().ThrowAsync<StageLimitException>().WithMessage("*1200 is too far*");
        _bridge.Of("PUT /v1/stage").Should().ContainSingle();
    }

    [Fact]
    public async Task A_move_that_brought_no_answer_is_not_sent_again_since_it_may_have_been_carried_out()
    {
        _bridge.On["PUT /v1/stage"] = _ => Reply.None;
        using BridgeMicroscope microscope = await _bridge.BeginAsync();

        Func<Task> move = () => microscope.SampleStage!.MoveAsync(Place, CancellationToken.None).AsTask();

        (await move.Should().ThrowAsync<InstrumentException>()).Which.FaultClass.Should().Be(FaultClass.Transient);
        _bridge.Of("PUT /v1/stage").Should().ContainSingle();
    }

    [Fact]
    public async Task What_was_refused_for_the_moment_was_not_carried_out_and_is_asked_for_again()
    {
        int asked = 0;
        _bridge.On["PUT /v1/stage"] = request => ++asked switch
        {
            1 => Reply.Refusal(409, "busy", "transient", "move_stage() for 0.3 s"),
            2 => Reply.Refusal(409, "session-over", "permanent", "no heartbeat"),
            _ => _bridge.Usual(request),
        };
        using BridgeMicroscope microscope = await _bridge.BeginAsync();

        await microscope.SampleStage!.MoveAsync(Place, CancellationToken.None);

        asked.Should().Be(3);
        _bridge.Stage.Should().Be((1200, -400));
    }

    [Fact]
    public async Task A_read_back_waits_for_a_line_that_is_cut_and_for_a_stage_that_moves()
    {
        int asked = 0;
        _bridge.On["GET /v1/stage"] = request => ++asked switch
        {
            1 => Reply.None,
            2 => Reply.Refusal(409, "busy", "transient", "move_stage() for 3.0 s"),
            3 => Reply.Refusal(504, "timeout", "transient", "stage() did not return"),
            _ => _bridge.Usual(request),
        };
        using BridgeMicroscope microscope = await _bridge.BeginAsync();

        (await microscope.SampleStage!.ReadBackAsync(CancellationToken.None)).Should().Be(default(StagePosition));

        asked.Should().Be(4);
    }

    [Fact]
    public async Task A_read_back_that_is_called_off_ends()
    {
        _bridge.On["GET /v1/stage"] = _ => Reply.None;
        using BridgeMicroscope microscope = await _bridge.BeginAsync();
        using var giveUp = new CancellationTokenSource();
        Task<StagePosition> reading = microscope.SampleStage!.ReadBackAsync(giveUp.Token).AsTask();
        await UntilAsync(() => _bridge.Of("GET /v1/stage").Count() > 1, "it asks again");

        await giveUp.CancelAsync();

        await FluentActions.Awaiting(() => reading).Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("""{"x_nm": 1, "y_nm": null}""")]
    [InlineData("""{"x_nm": 1}""")]
    [InlineData("""{"row": 1, "column": 2}""")]
    public async Task What_is_no_place_is_not_used(string answer)
    {
        _bridge.On["GET /v1/stage"] = _ => Reply.Text(answer);
        using BridgeMicroscope microscope = await _bridge.BeginAsync();

        Func<Task> read = () => microscope.SampleStage!.ReadBackAsync(CancellationToken.None).AsTask();

        (await read.Should().ThrowAsync<InstrumentException>()).Which.FaultClass.Should().Be(FaultClass.Permanent);
    }

    [Fact]
    public async Task Limits_that_change_are_known_with_the_next_heartbeat()
    {
        using BridgeMicroscope microscope = await _bridge.BeginAsync();
        _bridge.StageLimits = """{"x_nm": [-1, 1], "y_nm": [-1, 1]}""";
        _bridge.Revision++;

        await UntilAsync(() => microscope.SampleStage!.Limits.MostX.Value == 1, "the new limits are known");

        microscope.SampleStage!.Limits.ProblemOf(Place)!.Value.Problem.Should().Contain("-1 .. 1 nm");
    }

    [Fact]
    public async Task A_stage_that_somebody_moves_speaks_against_measuring_and_does_so_when_it_is_back()
    {
        using BridgeMicroscope microscope = await _bridge.BeginAsync();
        _bridge.Stage = (1200, -400);
        microscope.SampleStage!.Watch(Place, new Nanometre(50));
        _bridge.Stage = (1250, -400);
        await BeatsAsync(3);
        microscope.ProblemOf("stage").Should().BeNull("it is within the tolerance");

        _bridge.Stage = (1251, -400);
        await UntilAsync(() => microscope.ProblemOf("stage") is not null, "it is seen");
        microscope.ProblemOf("stage").Should().Contain("(1251, -400) nm");
        _bridge.Stage = (1200, -400);
        await BeatsAsync(3);

        Action unblank = microscope.Beam.Unblank;
        unblank.Should().Throw<InstrumentException>().WithMessage("*somebody has moved it*");
        microscope.SampleStage.Watch(Place, new Nanometre(50));
        microscope.ProblemOf("stage").Should().BeNull("whoever placed it anew knows");
        unblank.Should().NotThrow();
    }

    [Fact]
    public async Task An_answer_from_before_the_stage_arrived_speaks_against_nothing()
    {
        using BridgeMicroscope microscope = await _bridge.BeginAsync();
        int beats = 0;
        _bridge.On["POST /v1/heartbeat"] = asked =>
        {
            _bridge.Stage = ++beats == 1 ? (0, 0) : (1200, -400);
            return _bridge.Usual(asked);
        };

        microscope.SampleStage!.Watch(Place, new Nanometre(50));
        await UntilAsync(() => beats > 4, "some heartbeats");

        microscope.ProblemOf("stage").Should().BeNull();
    }

    private Task BeatsAsync(int count)
    {
        int before = _bridge.Of("POST /v1/heartbeat").Count();
        return UntilAsync(() => _bridge.Of("POST /v1/heartbeat").Count() > before + count, "heartbeats");
    }
}
