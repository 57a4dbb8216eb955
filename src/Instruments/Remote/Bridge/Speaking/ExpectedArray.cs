using System.Collections.Immutable;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>What an array has to be; anything else is refused before a byte of it is taken.</summary>
/// <param name="Request">The request that it answers.</param>
/// <param name="Shape">Rows and columns, or channels.</param>
/// <param name="Dtype">Its type; null for any of the protocol.</param>
/// <param name="IsFinite">Whether every value has to be a number.</param>
internal sealed record ExpectedArray(string Request, ImmutableArray<int> Shape, string? Dtype, bool IsFinite = false)
{
    /// <summary>Types of the protocol.</summary>
    public static readonly ImmutableArray<string> Dtypes = ["|u1", "<u2", "<u4", "<i2", "<i4", "<f4", "<f8"];

    public int Count => Shape.Aggregate(1, static (product, length) => checked(product * length));

    public string ShapeText => string.Join(',', Shape);
}
