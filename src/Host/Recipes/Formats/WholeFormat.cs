using System.Globalization;
using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A whole number without unit inside a closed range.</summary>
internal sealed class WholeFormat(int least, int most) : ValueFormat<int>
{
    public override string Accepts => least == most ? $"{least}" : $"a whole number, {least} .. {most}";

    public override Parsed<int> Parse(string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return Parsed.Bad<int>($"{Quote(text)} is not a whole number", $"write {Accepts}");
        }

        return value >= least && value <= most
            ? Parsed.Good((int)value)
            : Parsed.Bad<int>($"{Quote(text)} is out of range", $"write {Accepts}");
    }

    public override string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
}
