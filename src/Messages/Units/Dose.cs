namespace DklActors.Messages.Units;

/// <summary>A dose in electrons per square ångström (e/Å²), the unit of tabulated damage thresholds.</summary>
public readonly record struct Dose(double ElectronsPerSquareAngstrom) : IComparable<Dose>
{
    public static Dose Zero => default;

    public int CompareTo(Dose other) => ElectronsPerSquareAngstrom.CompareTo(other.ElectronsPerSquareAngstrom);

    public override string ToString() => FormattableString.Invariant($"{ElectronsPerSquareAngstrom:G4} e/A^2");

    public static Dose operator +(Dose left, Dose right) =>
        new(left.ElectronsPerSquareAngstrom + right.ElectronsPerSquareAngstrom);

    public static Dose operator -(Dose left, Dose right) =>
        new(left.ElectronsPerSquareAngstrom - right.ElectronsPerSquareAngstrom);

    public static bool operator <(Dose left, Dose right) => left.CompareTo(right) < 0;

    public static bool operator >(Dose left, Dose right) => left.CompareTo(right) > 0;

    public static bool operator <=(Dose left, Dose right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Dose left, Dose right) => left.CompareTo(right) >= 0;
}
