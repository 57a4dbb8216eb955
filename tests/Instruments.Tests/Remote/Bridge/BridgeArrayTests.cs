using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>Arrays that are not what was asked for.</summary>
public sealed class BridgeArrayTests
{
    public static TheoryData<string, string> Lies => new()
    {
        { "Dkl-Shape", "17" },
        { "Dkl-Shape", "4000000000" },
        { "Dkl-Dtype", "<f8" },
        { "Dkl-Dtype", "|S3" },
        { "Dkl-Request", "run-1/01aabbcc/p6/1" },
        { "Dkl-Crc32", "00000000" },
        { "Dkl-Crc32", "no" },
        { "Content-Length", "63" },
        { "Content-Length", "6300000000" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_frame_with_a_wrong_header_is_refused_and_another_exposure_may_give_a_good_one(
        string header, string value)
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["GET /v1/exposures/*/frame"] =
            asked => ScriptedBridge.Frame(ScriptedBridge.RequestOf(asked)).With(header, value);
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        (await measure.Should().ThrowAsync<InstrumentException>()).Which.FaultClass.Should().Be(FaultClass.Transient);
        bridge.Of("POST /v1/exposures").Should().ContainSingle("nothing is exposed again by itself");
        bridge.On.Clear();
        (await microscope.MeasureAsync(BridgeSetup.Lease(attempt: 2))).Counts.Length.Should()
            .Be(ScriptedBridge.Channels);
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_frame_is_mended_and_the_frame_fetched_again()
    {
        await using var bridge = new ScriptedBridge();
        int fetched = 0;
        bridge.On["GET /v1/exposures/*/frame"] = asked =>
            ScriptedBridge.Frame(ScriptedBridge.RequestOf(asked)) with { CutAfter = fetched++ < 2 ? 13 : null };
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Frame frame = await microscope.MeasureAsync();

        frame.Counts.Span[^1].Should().Be(ScriptedBridge.Channels - 1);
        fetched.Should().Be(3);
        bridge.Of("POST /v1/exposures").Should().ContainSingle();
    }

    [Fact]
    public async Task A_frame_may_hold_what_is_no_number_and_a_survey_may_not()
    {
        await using var bridge = new ScriptedBridge();
        float[] counts = new float[ScriptedBridge.Channels];
        counts[3] = float.NaN;
        bridge.On["GET /v1/exposures/*/frame"] = asked =>
            Reply.Array(ScriptedBridge.RequestOf(asked), $"{ScriptedBridge.Channels}", counts);
        float[] image = new float[32 * 32];
        image[5] = float.PositiveInfinity;
        bridge.On["POST /v1/surveys"] = asked =>
            Reply.Array(asked.Json.GetProperty("request").GetString()!, "32,32", image, new { pixel_nm = 1.0 });
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        (await microscope.MeasureAsync()).Counts.Span[3].Should().Be(float.NaN);
        Func<Task> survey = () => microscope.Survey.AcquireAsync(CancellationToken.None).AsTask();
        await survey.Should().ThrowAsync<InstrumentException>().WithMessage("*value 5*");
    }

    [Fact]
    public async Task A_frame_that_is_gone_is_lost_and_no_more()
    {
        await using var bridge = new ScriptedBridge();
        bridge.On["GET /v1/exposures/*/frame"] = _ => Reply.Refusal(410, "data-gone", "permanent", "kept no longer");
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> measure = () => microscope.MeasureAsync();

        (await measure.Should().ThrowAsync<InstrumentException>().WithMessage("*is lost*"))
            .Which.FaultClass.Should().Be(FaultClass.Transient);
    }

    [Theory]
    [InlineData("""{"row": NaN, "column": 1}""")]
    [InlineData("""{"row": "1", "column": 1}""")]
    [InlineData("""{"row": 1e999, "column": 1}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_position_that_is_none_is_not_used(string place)
    {
        await using var bridge = new ScriptedBridge { Place = place };
        using BridgeMicroscope microscope = await bridge.BeginAsync();

        Func<Task> move = () => microscope.Probe.MoveAsync(new ProbePosition(1, 1), CancellationToken.None).AsTask();

        (await move.Should().ThrowAsync<InstrumentException>().WithMessage("*is not used*"))
            .Which.FaultClass.Should().Be(FaultClass.Permanent);
    }
}
