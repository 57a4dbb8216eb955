namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>One of a few words.</summary>
public sealed record ChoiceParameter(string Key, string Meaning, params string[] Words)
    : ScalarizerParameter<string>(Key, Meaning)
{
    private protected override string? Problem(string value) => Words.Contains(value, StringComparer.Ordinal)
        ? null
        : $"{Key} of '{value}' is not a choice; use one of {string.Join(", ", Words)}";

    private protected override string Text(string value) => value;
}
