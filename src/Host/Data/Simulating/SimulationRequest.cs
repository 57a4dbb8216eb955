namespace DklActors.Host.Data.Simulating;

/// <summary>What <c>dkl data simulate</c> was asked for.</summary>
/// <param name="Sample">Name of the sample, as in a recipe.</param>
/// <param name="Out">A folder for .npy files, or an .npz file.</param>
/// <param name="Electrons">Electrons of one frame; null for the sample's usual dose.</param>
/// <param name="Overrides">Values of the recipe that makes the sample.</param>
/// <param name="WithTruthFrames">Whether the frames without noise are written too.</param>
/// <param name="Force">Whether what is there is replaced.</param>
internal sealed record SimulationRequest(
    string Sample,
    string Out,
    double? Electrons,
    IReadOnlyList<(string Key, string Value)> Overrides,
    bool WithTruthFrames,
    bool Force)
{
    public bool IsArchive => Path.GetExtension(Out).Equals(".npz", StringComparison.OrdinalIgnoreCase);
}
