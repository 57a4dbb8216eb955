using System.Collections.Immutable;
using System.Globalization;

namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>Numbers that are equal where all of them are.</summary>
public sealed class NumberList(params ImmutableArray<double> values) : IEquatable<NumberList>
{
    public ImmutableArray<double> Values { get; } = values;

    public int Count => Values.Length;

    public double this[int index] => Values[index];

    public bool Equals(NumberList? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as NumberList);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (double value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() =>
        string.Join(", ", Values.Select(static value => (value + 0.0).ToString("R", CultureInfo.InvariantCulture)));
}
