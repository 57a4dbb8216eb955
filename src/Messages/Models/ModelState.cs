namespace DklActors.Messages.Models;

/// <summary>
/// Everything needed to continue or restore a model: network weights, hyperparameters and normalisation, packed by
/// the engine that made it. Opaque to everybody else, content-addressed by its SHA-256.
/// </summary>
/// <param name="Engine">Name and version of the engine that wrote it, such as <c>managed/1</c>.</param>
/// <param name="Version">
/// Counts the accepted trainings of a run, from 1; 0 for a state that was trained in another run, on another image.
/// </param>
/// <param name="Content">The engine's own encoding.</param>
public sealed record ModelState(string Engine, int Version, ReadOnlyMemory<byte> Content)
{
    /// <summary>Version of a state that comes from another run.</summary>
    public const int Foreign = 0;

    /// <summary>Whether it was trained on another structural image than the one that it is used with.</summary>
    public bool IsForeign => Version == Foreign;
}
