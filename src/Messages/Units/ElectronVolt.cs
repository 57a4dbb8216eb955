namespace DklActors.Messages.Units;

/// <summary>An energy or energy loss in electronvolts.</summary>
public readonly record struct ElectronVolt(double Value) : IComparable<ElectronVolt>
{
    public int CompareTo(ElectronVolt other) => Value.CompareTo(other.Value);

    public override string ToString() => FormattableString.Invariant($"{Value:G6} eV");

    public static ElectronVolt operator +(ElectronVolt left, ElectronVolt right) => new(left.Value + right.Value);

    public static ElectronVolt operator -(ElectronVolt left, ElectronVolt right) => new(left.Value - right.Value);

    public static bool operator <(ElectronVolt left, ElectronVolt right) => left.Value < right.Value;

    public static bool operator >(ElectronVolt left, ElectronVolt right) => left.Value > right.Value;

    public static bool operator <=(ElectronVolt left, ElectronVolt right) => left.Value <= right.Value;

    public static bool operator >=(ElectronVolt left, ElectronVolt right) => left.Value >= right.Value;
}
