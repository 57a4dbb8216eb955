namespace DklActors.Host.Comparing;

/// <summary>One strategy against another by a measure of which less is better.</summary>
/// <param name="Difference">How much more the first has, seed by seed.</param>
/// <param name="Outcome">What that means.</param>
internal sealed record Contrast(PairedDifference Difference, ContrastOutcome Outcome);

/// <summary>What a contrast comes to.</summary>
internal enum ContrastOutcome
{
    /// <summary>The difference is within the spread of seeds, or too small to matter.</summary>
    Tie,

    /// <summary>The first is better.</summary>
    Better,

    /// <summary>The first is worse.</summary>
    Worse,
}
