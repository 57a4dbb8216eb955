namespace DklActors.Messages.Units;

/// <summary>A length on the sample in nanometres.</summary>
public readonly record struct Nanometre(double Value)
{
    public override string ToString() => FormattableString.Invariant($"{Value:G6} nm");
}
