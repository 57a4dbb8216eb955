using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DklActors.Host.Recipes.Formats;

/// <summary>Free text on one line, or text that follows a pattern.</summary>
internal sealed class TextFormat(string accepts, int longest, string? pattern = null) : ValueFormat<string>
{
    // The patterns come from the key table and are linear; the engine that cannot backtrack holds them to that.
    private readonly Regex? _pattern =
        pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override string Accepts => accepts;

    public override Parsed<string> Parse(string text)
    {
        if (text.Length > longest)
        {
            return Parsed.Bad<string>($"{text.Length} characters are too long", $"write at most {longest}");
        }

        if (text.Any(static c => char.IsControl(c) || c is '\u2028' or '\u2029'))
        {
            return Parsed.Bad<string>("the text holds a line break or control character", "write it on one line");
        }

        return _pattern is null || _pattern.IsMatch(text)
            ? Parsed.Good(text)
            : Parsed.Bad<string>($"{Quote(text)} is not {accepts}", $"write {accepts}");
    }

    public override string Format(string value) => value;

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "string", ["maxLength"] = longest };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        return schema;
    }
}
