using System.Globalization;

namespace DklActors.Host.Estimating;

/// <summary>A duration for people: two units at most.</summary>
internal static class DurationText
{
    private const double ShortS = 10;

    public static string Of(TimeSpan duration)
    {
        FormattableString text = duration switch
        {
            { TotalSeconds: < ShortS } => $"{duration.TotalSeconds:0.#} s",
            { TotalMinutes: < 1 } => $"{duration.TotalSeconds:0} s",
            { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds} s",
            { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes} min",
            _ => $"{(long)duration.TotalDays} d {duration.Hours} h",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
