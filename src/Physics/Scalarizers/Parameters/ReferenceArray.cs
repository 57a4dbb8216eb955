using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>Numbers that a scalarizer compares frames with. Two are equal where their numbers are.</summary>
public sealed class ReferenceArray : IEquatable<ReferenceArray>
{
    /// <param name="source">Where it came from, as the user named it.</param>
    /// <param name="shape">Lengths of the dimensions, slowest first.</param>
    /// <param name="values">Row-major; never changed afterwards.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public ReferenceArray(string source, ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        if (shape.Aggregate(1L, static (product, length) => product * length) != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not have the shape {string.Join("×", shape)}.");
        }

        Source = source;
        Shape = shape;
        Values = values;
        byte[] lengths = MemoryMarshal.AsBytes(shape.AsSpan()).ToArray();
        Hash = Convert.ToHexStringLower(
            SHA256.HashData([.. lengths, .. MemoryMarshal.AsBytes(values.Span)]));
    }

    /// <summary>Where it came from, as the user named it.</summary>
    public string Source { get; }

    public ImmutableArray<int> Shape { get; }

    public ReadOnlyMemory<float> Values { get; }

    /// <summary>SHA-256 of shape and values: what an identity names, since a file may change.</summary>
    public string Hash { get; }

    public bool Equals(ReferenceArray? other) => other is not null && other.Hash == Hash;

    public override bool Equals(object? obj) => Equals(obj as ReferenceArray);

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Source;
}
