using System.Globalization;

namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>A whole number within a closed range.</summary>
public sealed record CountParameter(string Key, int Least, int Most, string Meaning)
    : ScalarizerParameter<int>(Key, Meaning)
{
    private protected override string? Problem(int value) => value >= Least && value <= Most
        ? null
        : $"{Key} of {value} is out of range; choose within {Least} .. {Most}";

    private protected override string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
