using System.Text.Json.Nodes;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Formats;

/// <summary>How often the drift is looked at: "off", "10 points" or "5 min".</summary>
internal sealed class DriftIntervalFormat : ValueFormat<DriftInterval>
{
    private const string Off = "off";
    private const int MostPoints = 1_000_000;

    private static readonly QuantityFormat<TimeSpan> Time = Known.Times(1, 86_400_000);

    public override string Accepts => $"off, a number of points such as '10 points', or {Time.Accepts}";

    public override Parsed<DriftInterval> Parse(string text)
    {
        if (text == Off)
        {
            return Parsed.Good(DriftInterval.Off);
        }

        if (NumberText.Split(text) is (string number, "points" or "point"))
        {
            return NumberText.Scale(number, 1m) is double count && count >= 1 && count <= MostPoints
                && count == Math.Floor(count)
                    ? Parsed.Good(new DriftInterval((int)count, null))
                    : Parsed.Bad<DriftInterval>(
                        $"{Quote(text)} is no number of points", $"write 1 to {MostPoints}, such as '10 points'");
        }

        Parsed<TimeSpan> time = Time.Parse(text);
        return time.IsGood
            ? Parsed.Good(new DriftInterval(null, time.Value))
            : Parsed.Bad<DriftInterval>(time.Problem!, $"write {Accepts}");
    }

    public override string Format(DriftInterval value) => value switch
    {
        { Points: 1 } => "1 point",
        { Points: int points } => $"{points} points",
        { Time: TimeSpan time } => Time.Format(time),
        _ => Off,
    };

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["const"] = Off },
            new JsonObject { ["type"] = "string", ["pattern"] = @"^\s*[1-9][0-9]*\s*points?\s*$" },
            Time.Schema()),
    };
}
