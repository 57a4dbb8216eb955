using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A number without unit inside a closed range.</summary>
internal sealed class NumberFormat(double least, double most) : ValueFormat<double>
{
    public override string Accepts => $"a number, {Phrases.Number(least)} .. {Phrases.Number(most)}";

    public override Parsed<double> Parse(string text)
    {
        if (NumberText.Split(text) is not (string number, "") || NumberText.Scale(number, 1m) is not double value)
        {
            return Parsed.Bad<double>($"{Quote(text)} is not a number", $"write {Accepts}");
        }

        return value >= least && value <= most
            ? Parsed.Good(value)
            : Parsed.Bad<double>($"{Quote(text)} is out of range", $"write {Accepts}");
    }

    public override string Format(double value) => Phrases.Number(value);

    public override JsonObject Schema() => new() { ["type"] = "number", ["minimum"] = least, ["maximum"] = most };
}
