namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>Normal equations of one pattern: first what all discs share, then the height of each.</summary>
internal sealed class OverlapRoom
{
    /// <summary>Discs at most: the nearest to the middle.</summary>
    public const int MostDiscs = 160;

    /// <summary>Background, origin (x, y), vectors (a, b), radius.</summary>
    public const int Shared = 8;

    public const int Most = Shared + MostDiscs;

    /// <summary>Row by row; only as many rows and columns as there are unknowns are used.</summary>
    public double[] Normal { get; } = new double[Most * Most];

    public double[] Right { get; } = new double[Most];

    public double[] Heights { get; } = new double[MostDiscs];

    public (int H, int K)[] Nodes { get; } = new (int, int)[MostDiscs];

    /// <summary>Which disc a node is, −1 where none: by (h + Order)·Side + k + Order.</summary>
    public int[] IndexOfNode { get; } = new int[Side * Side];

    public const int Order = 24;

    public const int Side = (2 * Order) + 1;

    public int Count { get; set; }
}
