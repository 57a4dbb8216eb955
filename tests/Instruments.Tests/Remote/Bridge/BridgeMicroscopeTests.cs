using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using static DklActors.Instruments.Tests.Remote.Bridge.BridgeSetup;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>A microscope at a bridge that keeps to the protocol.</summary>
public sealed class BridgeMicroscopeTests
{
    [Fact]
    public async Task Made_it_has_looked_and_commanded_nothing()
    {
        await using var bridge = new ScriptedBridge();

        using BridgeMicroscope microscope = bridge.Open();

        microscope.Description.Should().Contain("scripted").And.Contain("a test");
        microscope.EnergyAxis!.Channels.Should().Be(ScriptedBridge.Channels);
        microscope.BeamCurrent.Picoampere.Should().Be(50);
        microscope.Facts.FrameLength.Should().Be(ScriptedBridge.Channels);
        bridge.Log.Should().OnlyContain(asked => asked.Method == "GET");
    }

    [Fact]
    public async Task One_exposure_is_one_request_under_the_permit_of_its_unblanking()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Frame frame = await microscope.MeasureAsync();

        frame.Should().BeOfType<SpectrumFrame>().Which.Counts.ToArray().Should().Equal(
            Enumerable.Range(0, ScriptedBridge.Channels).Select(static i => (float)i));
        Asked exposure = bridge.Of("POST /v1/exposures").Should().ContainSingle().Subject;
        exposure.Json.GetProperty("request").GetString().Should().Match("run-1/*/p7/1");
        exposure.Json.GetProperty("dwell_s").GetDouble().Should().Be(0.02);
        exposure.Json.GetProperty("longest_s").GetDouble().Should().Be(Longest.TotalSeconds);
        long permit = exposure.Json.GetProperty("permit").GetInt64();
        bridge.Of("POST /v1/beam/blank").Last().Json.GetProperty("permit").GetInt64().Should().Be(permit);

        await microscope.MeasureAsync(Lease(attempt: 2));

        bridge.Of("POST /v1/exposures").Last().Json.GetProperty("permit").GetInt64().Should().BeGreaterThan(permit);
    }

    [Fact]
    public async Task The_survey_and_the_probe_are_asked_in_pixels_and_read_back()
    {
        await using var bridge = new ScriptedBridge { Window = null };
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        StructuralImage image = await microscope.Survey.AcquireAsync(CancellationToken.None);
        await microscope.Probe.MoveAsync(new ProbePosition(1.5, 2.5), CancellationToken.None);

        image.Shape.Should().Be(new GridShape(32, 32));
        image.PixelSize.Value.Should().Be(0.5);
        (await microscope.Probe.ReadBackAsync(CancellationToken.None)).Should().Be(new ProbePosition(1.5, 2.5));
        bridge.Of("PUT /v1/probe").Single().Json.GetProperty("row").GetDouble().Should().Be(1.5);
    }

    [Fact]
    public async Task Patterns_come_in_the_detectors_shape()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["GET /v1/exposures/*/frame"] =
            asked => Reply.Array(ScriptedBridge.RequestOf(asked), "4,4", new float[16]);
        using var microscope = new BridgeMicroscope(
            Options(bridge.Address, ScriptedBridge.Token, "camera"), TimeProvider.System);
        await microscope.BeginAsync("run-1", CancellationToken.None);

        (await microscope.MeasureAsync()).Should().BeOfType<PatternFrame>()
            .Which.Shape.Should().Be(new GridShape(4, 4));
        microscope.EnergyAxis.Should().BeNull();
    }

    [Fact]
    public async Task A_wrong_token_is_said_and_never_shown()
    {
        await using var bridge = new ScriptedBridge();
        const string Wrong = "another-token-of-forty-characters-00000";

        Action open = () => new BridgeMicroscope(Options(bridge.Address, Wrong), TimeProvider.System).Dispose();

        open.Should().Throw<InstrumentException>().Which.Message.Should()
            .Contain("does not know this token").And.NotContain(Wrong);
    }

    [Fact]
    public async Task What_is_no_bridge_is_said()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["GET /v1"] = _ => Reply.Json(new { hello = "world" });
        Action other = () => bridge.Open().Dispose();
        other.Should().Throw<InstrumentException>().WithMessage("*microscope.address*");

        bridge.On["GET /v1"] = _ => Reply.Json(new { protocol = "dkl-bridge", version = 2 });
        Action newer = () => bridge.Open().Dispose();
        newer.Should().Throw<InstrumentException>().WithMessage("*version 2*same version*");
    }

    [Fact]
    public async Task What_the_microscope_does_not_allow_names_the_key()
    {
        await using var bridge = new ScriptedBridge { LongestDwell = 0.01 };
        Action tooLong = () => bridge.Open().Dispose();
        tooLong.Should().Throw<MisfitException>().Which.Key.Should().Be("exposure.dwell");

        bridge.LongestDwell = 10;
        Action noDetector = () => new BridgeMicroscope(
            Options(bridge.Address, ScriptedBridge.Token, "edx"), TimeProvider.System).Dispose();
        noDetector.Should().Throw<MisfitException>().WithMessage("*eels, camera*").Which.Key.Should().Be("detectorId");

        bridge.Current = null;
        Action noCurrent = () => bridge.Open().Dispose();
        noCurrent.Should().Throw<MisfitException>().Which.Key.Should().Be("beamCurrent");
    }

    [Fact]
    public async Task A_check_blanks_reads_back_and_warns_but_leaves_alone_what_somebody_commands()
    {
        await using var bridge = new ScriptedBridge
        {
            Clock = TimeProvider.System.GetUtcNow().AddSeconds(30),
            Conditions = ["vacuum: 3e-6 mbar"],
        };
        using (BridgeMicroscope microscope = bridge.Open())
        {
            IReadOnlyList<string> warnings = microscope.Check();

            warnings.Should().Contain(one => one.Contains("s ahead of this machine's"))
                .And.Contain(one => one.Contains("vacuum: 3e-6 mbar"));
        }

        bridge.Of("POST /v1/beam/blank").Should().NotBeEmpty();
        bridge.Log.Clear();
        bridge.Commander = "dkl @ elsewhere";
        using (BridgeMicroscope microscope = bridge.Open())
        {
            microscope.Check().Should().Contain(one => one.Contains("dkl @ elsewhere commands"));
        }

        bridge.Of("POST /v1/beam/blank").Should().BeEmpty();
    }

    [Fact]
    public async Task A_check_fails_where_the_beam_reads_back_as_on()
    {
        await using var bridge = new ScriptedBridge();
        using BridgeMicroscope microscope = bridge.Open();
        bridge.On["POST /v1/beam/blank"] = _ => Reply.Json(new { blanked = true });
        bridge.IsBlanked = false;

        microscope.Invoking(it => it.Check()).Should().Throw<InstrumentException>().WithMessage("*reads back as on*");
    }
}
