namespace DklActors.Measuring;

/// <summary>Prints one line a measurement: what, how long, against what, and the ratio.</summary>
public sealed class Report(TextWriter output)
{
    public void Heading(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    public void Note(string text) => output.WriteLine($"  {text}");

    /// <summary>A time against the one that it must not exceed.</summary>
    public void Limit(string name, Timing time, double limit) => Line(
        FormattableString.Invariant($"{name,-46}{time.Median,10:F2} ms (least {time.Least,8:F2})") +
        FormattableString.Invariant($"   limit {limit,6:F1} ms   ratio {time.Median / limit,5:F2}") +
        $"   {Verdict(time.Median <= limit)}");

    /// <summary>A time without anything to hold it against.</summary>
    public void Time(string name, Timing time) => Line(
        FormattableString.Invariant($"{name,-46}{time.Median,10:F2} ms (least {time.Least,8:F2})"));

    /// <summary>A time against its limit, if it has one, and against a peer's of another run.</summary>
    public void Duration(string name, TimeSpan time, double? limitInSeconds, double peerInSeconds) => Line(
        FormattableString.Invariant($"{name,-46}{time.TotalSeconds,10:F2} s") +
        FormattableString.Invariant($"   peer {peerInSeconds,6:F0} s") +
        FormattableString.Invariant($"   ratio {time.TotalSeconds / peerInSeconds,7:F4}") +
        (limitInSeconds is { } limit
            ? FormattableString.Invariant($"   limit {limit:F0} s   {Verdict(time.TotalSeconds <= limit)}")
            : string.Empty));

    /// <summary>A rate against a peer's in the same run.</summary>
    public void Rate(string name, double rate, double peer, string unit, double leastRatio) => Line(
        FormattableString.Invariant($"{name,-46}{rate,10:F1} {unit}   peer {peer,9:F1}") +
        FormattableString.Invariant($"   ratio {rate / peer,5:F2}   {Verdict(rate >= leastRatio * peer)}"));

    /// <summary>A figure without anything to hold it against.</summary>
    public void Figure(string name, double value, string unit) =>
        Line(FormattableString.Invariant($"{name,-46}{value,10:F2} {unit}"));

    private static string Verdict(bool met) => met ? "met" : "MISSED";

    private void Line(string text) => output.WriteLine($"  {text}");
}
