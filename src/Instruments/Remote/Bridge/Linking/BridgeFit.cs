using System.Globalization;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>Whether a microscope allows what a run is going to ask of it.</summary>
internal static class BridgeFit
{
    /// <summary>
    /// Longest time of a survey: every pixel, a fifth more for the way back at the end of each line, and a moment to
    /// begin and to end.
    /// </summary>
    public static TimeSpan SurveyTime(BridgeOptions options) =>
        (1.2 * options.Size.Count * options.SurveyDwell) + TimeSpan.FromMilliseconds(500);

    /// <summary>What is not allowed or not there, and the key that asks for it; null for nothing.</summary>
    public static (string Key, string Problem)? ProblemOf(BridgeOptions options, BridgeCapabilities allowed)
    {
        if (allowed.Find(options.Detector) is null)
        {
            return ("detectorId", $"there is no detector '{options.Detector}'; there are: "
                + string.Join(", ", allowed.Detectors.Select(static detector => detector.Id)));
        }

        if (!allowed.Channels.Contains(options.Channel))
        {
            return ("channel", $"there is no channel '{options.Channel}'; there are: "
                + string.Join(", ", allowed.Channels));
        }

        return Outside("size", "rows of the survey", options.Size.Rows, allowed.SurveyRows, "px")
            ?? Outside("size", "columns of the survey", options.Size.Columns, allowed.SurveyColumns, "px")
            ?? Outside("surveyDwell", "the dwell of the survey", options.SurveyDwell.TotalSeconds, allowed.SurveyDwellS,
                "s")
            ?? Outside("surveyDwell", "the survey's time with the beam on", SurveyTime(options).TotalSeconds,
                (0, allowed.LongestS), "s")
            ?? Outside("exposure.dwell", "the dwell", options.Dwell.TotalSeconds, allowed.DwellS, "s")
            ?? Outside("exposure.longest", "the longest exposure", options.Longest.TotalSeconds, (0, allowed.LongestS),
                "s");
    }

    /// <summary>Whether positions are pixels of an image of this size, as far as limits can tell.</summary>
    public static bool HasWindow(BridgeCapabilities allowed, GridShape size) =>
        allowed.Probe is { } probe && Covers(probe.Rows, size.Rows) && Covers(probe.Columns, size.Columns);

    private static bool Covers((double Least, double Most) limits, int length) =>
        limits.Least <= 0 && Math.Abs(limits.Most - (length - 1)) < 0.51;

    private static (string Key, string Problem)? Outside(
        string key, string what, double value, (double Least, double Most) limits, string unit) =>
        value >= limits.Least && value <= limits.Most
            ? null
            : (key, string.Create(
                CultureInfo.InvariantCulture,
                $"{what} of {value:G4} {unit} is outside {limits.Least:G4} to {limits.Most:G4} {unit}"));
}
