namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>How a lattice is looked for in the cepstrum of a pattern.</summary>
public sealed record CepstrumOptions
{
    /// <summary>
    /// Counts that are added before the logarithm. Null: a twentieth of the mean, and at least one, so that the noise
    /// of empty pixels is not blown up.
    /// </summary>
    public double? FloorCounts { get; init; }

    /// <summary>Least distance of neighbouring discs in px.</summary>
    public double ShortestSpacingPixels { get; init; } = 6;

    /// <summary>Greatest distance of neighbouring discs in px; null: a fifth of the pattern.</summary>
    public double? LongestSpacingPixels { get; init; }

    /// <summary>Least height of a cepstral peak as a fraction of the highest.</summary>
    public double LeastRelativeHeight { get; init; } = 0.1;

    /// <summary>Pairs of peaks, at v and −v, that are taken at most.</summary>
    public int MostPairs { get; init; } = 8;
}
