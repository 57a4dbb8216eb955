using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>Blanking, whatever the link and the thread pool do.</summary>
public sealed class BridgeBeamTests
{
    [Fact]
    public async Task A_blanking_bears_a_link_that_breaks_for_a_moment()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        int asked = 0;
        bridge.On["POST /v1/beam/blank"] = request => asked++ < 3 ? Reply.None : bridge.Usual(request);

        microscope.Beam.Blank();

        asked.Should().Be(4);
        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task An_alarm_of_the_bridge_is_no_matter_of_patience()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.On["POST /v1/beam/blank"] = _ => Reply.Refusal(423, "beam-alarm", "permanent", "it reads back as on");
        bridge.IsBlanked = false;

        microscope.Invoking(it => it.Beam.Blank()).Should().Throw<InstrumentException>()
            .WithMessage("*reads back as on*");
        microscope.Beam.IsBlanked.Should().BeFalse("it is read back, not remembered");
        bridge.Of("POST /v1/beam/blank").Where(static asked => asked.Json.GetProperty("permit").ValueKind
            == System.Text.Json.JsonValueKind.Number).Should().ContainSingle();
    }

    [Fact]
    public async Task No_permit_is_given_while_something_speaks_against_measuring()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();
        bridge.Conditions = ["vacuum: 3e-6 mbar"];
        await BridgeSetup.UntilAsync(() => microscope.ProblemOf("instrument") is not null, "the heartbeat tells it");

        microscope.Invoking(it => it.Beam.Unblank()).Should().Throw<InstrumentException>().WithMessage("*3e-6 mbar*");
        bridge.Conditions = [];
        await BridgeSetup.UntilAsync(() => microscope.ProblemOf("instrument") is null, "it lets go by itself");
        microscope.Beam.Unblank();
    }
}
