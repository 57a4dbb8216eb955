using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>One of a few words, which a catalog knows.</summary>
internal sealed class WordFormat(IReadOnlyList<string> words) : ValueFormat<string>
{
    public override string Accepts => Phrases.Alternatives(words);

    public override Parsed<string> Parse(string text)
    {
        if (words.Contains(text))
        {
            return Parsed.Good(text);
        }

        string? nearest = NearestName.Of(text, words);
        string hint = nearest is null ? "" : $"did you mean '{nearest}'? ";
        return Parsed.Bad<string>($"{Quote(text)} is not a choice", $"{hint}write {Accepts}");
    }

    public override string Format(string value) => value;

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. words.Select(static word => JsonValue.Create(word))]) };
}
