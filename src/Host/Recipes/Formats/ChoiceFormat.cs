using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceFormat<T> : ValueFormat<T>
    where T : struct, Enum
{
    private readonly (T Value, string Word)[] _choices;

    /// <param name="choices">Value and word, in the order in which they are listed to people.</param>
    public ChoiceFormat(params (T Value, string Word)[] choices) => _choices = choices;

    public override string Accepts => Phrases.Alternatives(Words);

    private IEnumerable<string> Words => _choices.Select(static choice => choice.Word);

    public override Parsed<T> Parse(string text)
    {
        foreach ((T value, string word) in _choices)
        {
            if (word == text)
            {
                return Parsed.Good(value);
            }
        }

        string? nearest = NearestName.Of(text, Words);
        string hint = nearest is null ? "" : $"did you mean '{nearest}'? ";
        return Parsed.Bad<T>($"{Quote(text)} is not a choice", $"{hint}write {Accepts}");
    }

    public override string Format(T value) =>
        Array.Find(_choices, choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word
        ?? throw new ArgumentOutOfRangeException(nameof(value), $"{value} has no word in a recipe.");

    public override JsonObject Schema() =>
        new() { ["enum"] = new JsonArray([.. Words.Select(static word => JsonValue.Create(word))]) };
}
