using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>Exposures that do not go as they should: nothing is exposed twice unknowingly.</summary>
public sealed class BridgeExposureTests
{
    [Fact]
    public async Task A_connection_that_breaks_within_an_exposure_is_asked_after_and_the_frame_fetched()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/exposures"] = _ => Reply.None;
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Frame frame = await microscope.MeasureAsync();

        frame.Counts.Length.Should().Be(ScriptedBridge.Channels);
        bridge.Log.Should().Contain(asked =>
            asked.Method == "GET" && asked.Path.StartsWith("/v1/exposures/") && !asked.Path.EndsWith("/frame"));
    }

    [Fact]
    public async Task A_request_that_never_arrived_may_be_sent_again_as_another_attempt()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/exposures"] = _ => Reply.None;
        bridge.On["GET /v1/exposures/*"] = _ => Reply.Refusal(404, "not-found", "permanent");
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        (await measure.Should().ThrowAsync<InstrumentException>().WithMessage("*never reached the bridge*"))
            .Which.FaultClass.Should().Be(FaultClass.Transient);
    }

    [Fact]
    public async Task An_outcome_that_nobody_knows_is_unknown()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/exposures"] = _ => Reply.None;
        bridge.On["GET /v1/exposures/*"] = asked =>
            ScriptedBridge.Exposed(ScriptedBridge.RequestOf(asked), "unknown", "fault");
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        (await measure.Should().ThrowAsync<OutcomeUnknownException>().WithMessage("*Nobody knows*"))
            .Which.FaultClass.Should().Be(FaultClass.Unknown);
    }

    [Theory]
    [InlineData("cut-short", "heartbeat", "*heard nothing*", true)]
    [InlineData("cut-short", "lease", "*its own clock*", true)]
    [InlineData("cut-short", "command", "*somebody told it to*", true)]
    [InlineData("failed", "fault", "*failed*", false)]
    public async Task What_the_bridge_ended_is_no_frame_and_the_beam_was_taken_away(
        string outcome, string endedBy, string words, bool wasTaken)
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/exposures"] = asked =>
            ScriptedBridge.Exposed(asked.Json.GetProperty("request").GetString()!, outcome, endedBy);
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        (await measure.Should().ThrowAsync<InstrumentException>().WithMessage(words))
            .Which.FaultClass.Should().Be(FaultClass.Transient);
        ((ISharedBeam)microscope.Beam).WasTakenAway.Should().Be(wasTaken);
    }

    [Fact]
    public async Task An_answer_to_another_request_is_not_used()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/exposures"] = _ => ScriptedBridge.Exposed("run-1/other/p6/1");
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        await measure.Should().ThrowAsync<InstrumentException>().WithMessage("*is of request run-1/other/p6/1*");
    }

    [Fact]
    public async Task An_exposure_that_is_not_answered_ends_before_its_lease_and_is_found_out_about_later()
    {
        await using var bridge = new ScriptedBridge();
        using var answered = new ManualResetEventSlim();
        bridge.On["POST /v1/exposures"] = _ =>
        {
            answered.Wait(TimeSpan.FromSeconds(60));
            return Reply.None;
        };
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        ExposureLease lease = BridgeSetup.Lease(longest: TimeSpan.FromMilliseconds(300));

        Frame frame = await microscope.MeasureAsync(lease);
        answered.Set();

        frame.Counts.Length.Should().Be(ScriptedBridge.Channels);
        bridge.Of("POST /v1/exposures").Should().ContainSingle();
    }

    [Fact]
    public async Task Refusals_are_classed_as_the_bridge_says()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        foreach ((string code, int status, string said, FaultClass expected) in new[]
        {
            ("outside-limits", 422, "permanent", FaultClass.Permanent),
            ("permit-revoked", 409, "transient", FaultClass.Transient),
            ("beam-alarm", 423, "permanent", FaultClass.Permanent),
            ("instrument", 500, "unknown", FaultClass.Unknown),
            ("session-over", 409, "permanent", FaultClass.Transient),
        })
        {
            bridge.On["POST /v1/exposures"] = _ => Reply.Refusal(status, code, said, $"because of {code}");
            Func<Task> measure = () => microscope.MeasureAsync();

            (await measure.Should().ThrowAsync<InstrumentException>().WithMessage($"*because of {code}*"))
                .Which.FaultClass.Should().Be(expected, code);
        }
    }

    [Fact]
    public async Task A_detector_that_is_not_armed_exposes_nothing()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> expose = () =>
            microscope.Detector.ExposeAsync(BridgeSetup.Lease(), CancellationToken.None).AsTask();

        await expose.Should().ThrowAsync<InstrumentException>().WithMessage("*not armed*");
        bridge.Of("POST /v1/exposures").Should().BeEmpty();
    }
}
