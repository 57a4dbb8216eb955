using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>Text with a grammar that only its reader knows.</summary>
/// <param name="accepts">What a person may write.</param>
/// <param name="check">What is wrong with a text; null when nothing is.</param>
internal sealed class CheckedTextFormat(string accepts, Func<string, string?> check) : ValueFormat<string>
{
    private const int Longest = 1000;

    public override string Accepts => accepts;

    public override Parsed<string> Parse(string text)
    {
        if (text.Length > Longest || text.Any(char.IsControl))
        {
            return Parsed.Bad<string>(
                "the text is too long or holds a control character", $"write at most {Longest} characters on one line");
        }

        return check(text) is { } problem
            ? Parsed.Bad<string>(problem, $"write {accepts}")
            : Parsed.Good(text);
    }

    public override string Format(string value) => value;

    public override JsonObject Schema() => new() { ["type"] = "string", ["maxLength"] = Longest };
}
