using System.Text.Json.Nodes;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A number in the scalarizer's unit, or a range of them: "3.5" or "3 .. 4".</summary>
internal sealed class ScalarRangeFormat : ValueFormat<ScalarRange>
{
    private const string Separator = "..";

    // Far above any scalar; keeps squares finite.
    private static readonly NumberFormat Bound = new(-1e100, 1e100);

    public override string Accepts => "a number, or LOW .. HIGH, such as '3 .. 4'";

    public override Parsed<ScalarRange> Parse(string text)
    {
        int at = text.IndexOf($" {Separator} ", StringComparison.Ordinal);
        at = at >= 0 ? at + 1 : text.IndexOf(Separator, StringComparison.Ordinal);
        Parsed<double> low = Bound.Parse(at < 0 ? text : text[..at].Trim());
        Parsed<double> high = at < 0 ? low : Bound.Parse(text[(at + Separator.Length)..].Trim());
        Parsed<double> worse = low.IsGood ? high : low;
        if (!worse.IsGood)
        {
            return Parsed.Bad<ScalarRange>(worse.Problem!, $"write {Accepts}");
        }

        return low.Value <= high.Value
            ? Parsed.Good(new ScalarRange(low.Value, high.Value))
            : Parsed.Bad<ScalarRange>($"{Quote(text)} is empty", "write the lower number first");
    }

    public override string Format(ScalarRange value) => value.Low == value.High
        ? Bound.Format(value.Low)
        : $"{Bound.Format(value.Low)} {Separator} {Bound.Format(value.High)}";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            Bound.Schema(),
            new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = $@"^\s*{NumberText.Pattern}\s*(\.\.\s*{NumberText.Pattern}\s*)?$",
            }),
    };
}
