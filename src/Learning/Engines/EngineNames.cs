namespace DklActors.Learning.Engines;

/// <summary>
/// The names that stand in states. The engines write one format, so that each reads what any of them wrote: the name
/// says who trained the model, the fingerprint inside says whether it fits.
/// </summary>
internal static class EngineNames
{
    public const string Torch = "torch/1";
    public const string TorchEnsemble = "torch-ensemble/1";

    /// <summary>Engines that write the state of one model.</summary>
    public static IReadOnlyList<string> OfModels { get; } = [ManagedDklEngine.Name, Torch];

    /// <summary>Engines that write the state of an ensemble.</summary>
    public static IReadOnlyList<string> OfEnsembles { get; } = [Ensembles.EnsembleEngine.Name, TorchEnsemble];

    /// <exception cref="InvalidDataException">The writer is none of the names.</exception>
    public static void RequireOneOf(IReadOnlyList<string> names, string writer)
    {
        if (!names.Contains(writer))
        {
            throw new InvalidDataException(
                $"The model state was written by the engine {writer}, not by {string.Join(" or ", names)}. "
                + "Train again.");
        }
    }
}
