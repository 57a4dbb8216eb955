using System.Text.Json.Nodes;

namespace DklActors.Host.Recipes.Formats;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceFormat<T> : ValueFormat<T>
    where T : struct, Enum
{
    private readonly (T Value, string Word)[] _choices;
    private readonly WordFormat _words;

    /// <param name="choices">Value and word, in the order in which they are listed to people.</param>
    public ChoiceFormat(params (T Value, string Word)[] choices)
    {
        _choices = choices;
        _words = new WordFormat([.. choices.Select(static choice => choice.Word)]);
    }

    public override string Accepts => _words.Accepts;

    public override Parsed<T> Parse(string text)
    {
        Parsed<string> word = _words.Parse(text);
        return word.IsGood
            ? Parsed.Good(Array.Find(_choices, choice => choice.Word == text).Value)
            : Parsed.Bad<T>(word.Problem!, word.Remedy);
    }

    public override string Format(T value) =>
        Array.Find(_choices, choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word
        ?? throw new ArgumentOutOfRangeException(nameof(value), $"{value} has no word in a recipe.");

    public override JsonObject Schema() => _words.Schema();
}
