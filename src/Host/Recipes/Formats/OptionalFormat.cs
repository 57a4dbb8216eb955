using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>A value, or a word that says there is none.</summary>
/// <param name="word">The word, such as "none" for a limit.</param>
/// <param name="inner">The format of the value.</param>
internal sealed class OptionalFormat<T>(string word, ValueFormat<T> inner) : ValueFormat<Optional<T>>
    where T : struct
{
    public override string Accepts => $"{word}, or {inner.Accepts}";

    public override Parsed<Optional<T>> Parse(string text)
    {
        if (text == word)
        {
            return Parsed.Good(new Optional<T>(null));
        }

        Parsed<T> parsed = inner.Parse(text);
        return parsed.IsGood
            ? Parsed.Good(new Optional<T>(parsed.Value))
            : Parsed.Bad<Optional<T>>(parsed.Problem!, $"write {Accepts}");
    }

    public override string Format(Optional<T> value) => value.Value is T some ? inner.Format(some) : word;

    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = word }, inner.Schema()) };
}
