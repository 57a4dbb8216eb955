namespace DklActors.Messages;

/// <summary>The number of a planned point within its run, counted from 1 in the order of planning.</summary>
public readonly record struct PointId(int Value) : IComparable<PointId>
{
    public int CompareTo(PointId other) => Value.CompareTo(other.Value);

    public override string ToString() => $"p{Value}";

    public static bool operator <(PointId left, PointId right) => left.Value < right.Value;

    public static bool operator >(PointId left, PointId right) => left.Value > right.Value;

    public static bool operator <=(PointId left, PointId right) => left.Value <= right.Value;

    public static bool operator >=(PointId left, PointId right) => left.Value >= right.Value;
}
