namespace DklActors.Host.Reconstructing;

/// <summary>What <c>dkl reconstruct</c> was asked for.</summary>
/// <param name="Source">Path of a recipe, or of the folder of a run.</param>
/// <param name="Overrides">Dotted keys and values that replace the recipe's.</param>
/// <param name="Out">Folder for the results, or null for one under <c>runs/</c>.</param>
/// <param name="Amount">How much to measure, or null for what a run has measured.</param>
/// <param name="Choice">Which points to measure.</param>
/// <param name="Components">Number of principal components, or null for those that stand out of the noise.</param>
/// <param name="ComponentsOnly">Whether the frames themselves are left out of the archive.</param>
/// <param name="Json">Whether the last line of standard output is the summary as one JSON object.</param>
internal sealed record ReconstructionRequest(
    string Source,
    IReadOnlyList<(string Key, string Value)> Overrides,
    string? Out,
    MeasuredAmount? Amount,
    PointChoice Choice,
    int? Components,
    bool ComponentsOnly,
    bool Json)
{
    /// <summary>Whether the source is the folder of a run rather than a recipe.</summary>
    public bool IsRun => Directory.Exists(Source);
}
