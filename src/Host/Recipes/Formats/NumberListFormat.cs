using System.Text.Json.Nodes;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Recipes.Formats;

/// <summary>Numbers separated by commas.</summary>
internal sealed class NumberListFormat(int least, int most) : ValueFormat<NumberList>
{
    public override string Accepts => least == most
        ? $"{least} numbers separated by commas"
        : $"{least} .. {most} numbers separated by commas";

    public override Parsed<NumberList> Parse(string text)
    {
        double?[] values = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(ValueOf)];
        return values.Length >= least && values.Length <= most && values.All(static value => value is not null)
            ? Parsed.Good(new NumberList([.. values.Select(static value => value!.Value)]))
            : Parsed.Bad<NumberList>($"{Quote(text)} is not a list of numbers as it should be", $"write {Accepts}");
    }

    public override string Format(NumberList value) => string.Join(", ", value.Values.Select(Phrases.Number));

    public override JsonObject Schema() => new()
    {
        ["type"] = least == 1 ? new JsonArray("string", "number") : "string",
        ["pattern"] = $@"^\s*{NumberText.Pattern}\s*(,\s*{NumberText.Pattern}\s*){{{least - 1},{most - 1}}}$",
    };

    private static double? ValueOf(string text) =>
        NumberText.Split(text) is (string number, "") ? NumberText.Scale(number, 1m) : null;
}
