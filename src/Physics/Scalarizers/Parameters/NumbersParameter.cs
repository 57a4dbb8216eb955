namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>Several numbers.</summary>
public sealed record NumbersParameter(string Key, int Least, int Most, string Meaning)
    : ScalarizerParameter<NumberList>(Key, Meaning)
{
    private protected override string? Problem(NumberList value) =>
        value.Count < Least || value.Count > Most
            ? $"{Key} has {value.Count} numbers; give {Least}{(Least == Most ? "" : $" .. {Most}")}"
            : value.Values.All(double.IsFinite) ? null : $"{Key} holds a number that is none";

    private protected override string Text(NumberList value) => $"({value})";
}
