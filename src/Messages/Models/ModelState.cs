namespace DklActors.Messages.Models;

/// <summary>
/// Everything needed to continue or restore a model: network weights, hyperparameters and normalisation, packed by
/// the engine that made it. Opaque to everybody else, content-addressed by its SHA-256.
/// </summary>
/// <param name="Engine">Name and version of the engine that wrote it, such as <c>managed/1</c>.</param>
/// <param name="Version">Counts the accepted trainings of a run, from 1.</param>
/// <param name="Content">The engine's own encoding.</param>
public sealed record ModelState(string Engine, int Version, ReadOnlyMemory<byte> Content);
