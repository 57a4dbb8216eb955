using System.Collections.Immutable;
using System.Text.Json;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>Limits and detectors of the microscope behind a bridge, as it stated them last.</summary>
internal sealed record BridgeCapabilities
{
    public required long Revision { get; init; }

    /// <summary>Shortest and longest exposure, s.</summary>
    public required (double Least, double Most) DwellS { get; init; }

    /// <summary>Longest time that the beam may be on at once, s.</summary>
    public required double LongestS { get; init; }

    public required (double Least, double Most) SurveyRows { get; init; }

    public required (double Least, double Most) SurveyColumns { get; init; }

    /// <summary>Of a pixel of the survey, s.</summary>
    public required (double Least, double Most) SurveyDwellS { get; init; }

    /// <summary>Rows and columns where the probe may go, px of the last survey; null before the first.</summary>
    public required ((double Least, double Most) Rows, (double Least, double Most) Columns)? Probe { get; init; }

    /// <summary>Where the sample's stage may be sent; null where the bridge does not move it.</summary>
    public required StageLimits? Stage { get; init; }

    public required ImmutableArray<string> Channels { get; init; }

    public required ImmutableArray<DetectorFacts> Detectors { get; init; }

    public required BeamCurrent? Current { get; init; }

    public required TimeSpan Settle { get; init; }

    /// <exception cref="BridgeException">They are none of the protocol.</exception>
    public static BridgeCapabilities Of(Uri bridge, JsonElement json)
    {
        try
        {
            JsonElement limits = json.Member("limits");
            JsonElement survey = limits.Member("survey");
            return new BridgeCapabilities
            {
                Revision = (long)json.Number("revision"),
                DwellS = limits.Range("dwell_s"),
                LongestS = limits.Number("longest_s"),
                SurveyRows = survey.Range("rows"),
                SurveyColumns = survey.Range("columns"),
                SurveyDwellS = survey.Range("dwell_s"),
                Probe = limits.Find("probe") is { } probe ? (probe.Range("row"), probe.Range("column")) : null,
                Stage = StageOf(json, limits),
                Channels = [.. json.Items("channels").Select(static channel => channel.GetString() ?? "")],
                Detectors = [.. json.Items("detectors").Select(DetectorFacts.Of)],
                Current = json.Member("beam").FindNumber("current_pa") is { } current
                    ? new BeamCurrent(current)
                    : null,
                Settle = TimeSpan.FromSeconds(Math.Clamp(json.FindNumber("settle_s") ?? 0, 0, 3600)),
            };
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException
            or OverflowException)
        {
            throw BridgeException.Wrong(bridge, $"its capabilities are none: {exception.Message}", exception);
        }
    }

    public DetectorFacts? Find(string detector) => Detectors.FirstOrDefault(known => known.Id == detector);

    // A bridge from before there was a stage says nothing of it.
    private static StageLimits? StageOf(JsonElement json, JsonElement limits)
    {
        if (json.Find("stage_moves") is not { ValueKind: JsonValueKind.True } || limits.Find("stage") is not { } stage)
        {
            return null;
        }

        (double Least, double Most) x = stage.Range("x_nm"), y = stage.Range("y_nm");
        return new StageLimits(new(x.Least), new(x.Most), new(y.Least), new(y.Most));
    }
}
