namespace DklActors.Messages.Models;

/// <summary>Who trained a model of a run whose trainings may leave the machine.</summary>
/// <param name="Node">Name of the trainer node; null where it was trained beside the microscope after all.</param>
/// <param name="Engine">
/// Identity of the engine, with its instruction set: what one trains again with has to be the same.
/// </param>
/// <param name="Fallback">Why no node trained it, or null.</param>
public sealed record ModelTrainer(string? Node, string Engine, string? Fallback);
