namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>The path of a file that the scalarizer reads by itself.</summary>
public sealed record FileParameter(string Key, string Meaning) : ScalarizerParameter<string>(Key, Meaning)
{
    public override bool IsPath => true;

    private protected override string? Problem(string value) =>
        value.Length > 0 ? null : $"{Key} names no file";

    private protected override string Text(string value) => $"'{value}'";
}
