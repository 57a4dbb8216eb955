namespace DklActors.Physics.Patterns.Discs;

/// <summary>How discs are looked for; names and meanings as in py4DSTEM's <c>find_Bragg_disks</c>.</summary>
public sealed record DiscOptions
{
    /// <summary>
    /// 1: cross-correlation; 0: phase correlation; between: hybrid, |M|^p·exp(i·arg M) (Pekin et al., Ultramicroscopy
    /// 176, 170 (2017)).
    /// </summary>
    public double CorrelationPower { get; init; } = 1;

    /// <summary>Least height of a disc as a fraction of the highest.</summary>
    public double LeastRelativeHeight { get; init; } = 0.01;

    /// <summary>Least height of a disc in standard errors of its height; 0 takes every maximum.</summary>
    public double LeastSignificance { get; init; } = 4;

    /// <summary>Least distance of two discs in px; the higher one stays. Null: the template's radius.</summary>
    public double? LeastSpacingPixels { get; init; }

    /// <summary>Least distance of a disc's centre from the edges in px. Null: the template's radius.</summary>
    public double? EdgePixels { get; init; }

    /// <summary>The highest so many are kept.</summary>
    public int MostDiscs { get; init; } = 70;

    /// <summary>How positions are refined.</summary>
    public DiscRefinement Refinement { get; init; } = DiscRefinement.Fourier;
}
