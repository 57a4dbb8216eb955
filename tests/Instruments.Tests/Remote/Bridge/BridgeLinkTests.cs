using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Geometry;
using static DklActors.Instruments.Tests.Remote.Bridge.BridgeSetup;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>The session: kept, lost, opened again.</summary>
public sealed class BridgeLinkTests
{
    [Fact]
    public async Task Heartbeats_go_on_while_nothing_else_is_asked()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        await UntilAsync(() => bridge.Of("POST /v1/heartbeat").Count() > 3, "four heartbeats");

        bridge.Of("POST /v1/heartbeat").Should().OnlyContain(asked => asked.Headers["Dkl-Session"].StartsWith("01"));
    }

    [Fact]
    public async Task Somebody_who_commands_already_is_named()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["POST /v1/session"] = _ =>
            Reply.Refusal(409, "in-use", "transient", "dkl @ elsewhere commands the instrument");
        using BridgeMicroscope microscope = bridge.Open();

        Func<Task> begin = () => microscope.BeginAsync("run-1", CancellationToken.None);

        await begin.Should().ThrowAsync<InstrumentException>().WithMessage("*dkl @ elsewhere*");
        bridge.Of("POST /v1/session").Should().OnlyContain(asked =>
            !asked.Json.GetProperty("take_over").GetBoolean());
    }

    [Fact]
    public async Task A_link_that_is_lost_holds_and_lets_go_by_itself()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        List<string> said = [];
        microscope.Say = text =>
        {
            lock (said)
            {
                said.Add(text);
            }
        };
        bridge.On["POST /v1/heartbeat"] = _ => Reply.None;
        await UntilAsync(() => microscope.ProblemOf("link") is not null, "the loss is seen");

        bridge.On["POST /v1/heartbeat"] =
            _ => Reply.Refusal(409, "session-over", "permanent", "no heartbeat for 0.5 s");
        await UntilAsync(() => bridge.Sessions == 2, "the session is opened again");
        bridge.On.Clear();

        await UntilAsync(() => microscope.ProblemOf("link") is null, "it lets go");
        await microscope.MeasureAsync();
        bridge.Of("POST /v1/exposures").Single().Headers["Dkl-Session"].Should().StartWith("02");
        lock (said)
        {
            said.Should().Contain(text => text.Contains("answers again"));
        }
    }

    [Fact]
    public async Task A_bridge_that_was_started_anew_is_told_of_the_image_that_was_taken_before()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.Instance = "0b0b";
        bridge.Window = null;
        bridge.Revision = 0;
        bridge.On["POST /v1/heartbeat"] = asked => asked.Headers["Dkl-Session"].StartsWith("01")
            ? Reply.Refusal(409, "session-over", "permanent", "not known here")
            : bridge.Usual(asked);
        await UntilAsync(() => bridge.Sessions == 2, "the session is opened again");

        await microscope.Probe.MoveAsync(new ProbePosition(1.5, 2.5), CancellationToken.None);

        Asked confirmed = bridge.Of("PUT /v1/window").Should().ContainSingle().Subject;
        confirmed.Json.GetProperty("rows").GetInt32().Should().Be(32);
        bridge.Of("POST /v1/surveys").Should().BeEmpty("nothing is exposed for it");
    }

    [Fact]
    public async Task Positions_of_another_survey_are_not_gone_to()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.Window = new { row = new[] { 0, 63 }, column = new[] { 0, 63 } };
        bridge.Revision++;
        await UntilAsync(() => bridge.Of("GET /v1/capabilities").Count() > 1, "the change is read");

        Func<Task> move = () => microscope.Probe.MoveAsync(new ProbePosition(1, 1), CancellationToken.None).AsTask();

        (await move.Should().ThrowAsync<InstrumentException>().WithMessage("*another survey*"))
            .Which.FaultClass.Should().Be(FaultClass.Permanent);
        bridge.Of("PUT /v1/probe").Should().BeEmpty();
    }

    [Fact]
    public async Task Limits_that_change_under_way_hold_until_they_allow_it_again()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.LongestDwell = 0.01;
        bridge.Revision++;

        await UntilAsync(() => microscope.ProblemOf("limits") is not null, "the change is seen");
        microscope.ProblemOf("limits").Should().Contain("the dwell of 0.02 s is outside 0.001 to 0.01 s");

        bridge.LongestDwell = 10;
        bridge.Revision++;
        await UntilAsync(() => microscope.ProblemOf("limits") is null, "it lets go");
    }

    [Fact]
    public async Task Clocks_that_are_apart_are_said_once_and_concern_nothing()
    {
        await using var bridge = new ScriptedBridge { Clock = TimeProvider.System.GetUtcNow().AddHours(-1) };
        using BridgeMicroscope microscope = bridge.Open();
        List<string> said = [];
        microscope.Say = text =>
        {
            lock (said)
            {
                said.Add(text);
            }
        };

        await microscope.BeginAsync("run-1", CancellationToken.None);
        await UntilAsync(() => bridge.Of("POST /v1/heartbeat").Count() > 2, "some heartbeats");

        lock (said)
        {
            said.Where(text => text.Contains("behind this machine's")).Should().ContainSingle();
        }

        microscope.Conditions.Should().OnlyContain(condition => condition.Problem == null);
    }

    [Fact]
    public async Task A_beam_that_is_on_for_nobody_holds_and_is_blanked()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.Log.Clear();

        bridge.IsBlanked = false;

        await UntilAsync(() => bridge.Of("POST /v1/beam/blank").Any(), "it is blanked");
        await UntilAsync(() => microscope.ProblemOf("instrument") is null, "it lets go");
        bridge.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task The_session_is_closed_at_the_end()
    {
        await using var bridge = new ScriptedBridge();
        BridgeMicroscope microscope = await bridge.BeginAsync();

        microscope.Dispose();

        bridge.Of("DELETE /v1/session").Should().ContainSingle();
    }

    [Fact]
    public async Task A_bridge_that_is_not_there_says_where_it_should_be()
    {
        Uri nowhere;
        await using (var bridge = new ScriptedBridge())
        {
            nowhere = bridge.Address;
        }

        Action open = () => new BridgeMicroscope(Options(nowhere, ScriptedBridge.Token), TimeProvider.System).Dispose();

        open.Should().Throw<InstrumentException>().WithMessage($"*{nowhere.Authority} does not answer*");
    }
}
