namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>Text on one line that has a grammar of its own.</summary>
/// <param name="Key">Name in a recipe.</param>
/// <param name="Accepts">What a person may write, for messages: "steps such as 'despike 6, align'".</param>
/// <param name="Check">What is wrong with a text; null when nothing is.</param>
/// <param name="Meaning">A sentence for people.</param>
public sealed record TextParameter(string Key, string Accepts, Func<string, string?> Check, string Meaning)
    : ScalarizerParameter<string>(Key, Meaning)
{
    private protected override string? Problem(string value) => Check(value);

    private protected override string Text(string value) => $"'{value}'";
}
