using DklActors.Actors.Experiments;

namespace DklActors.Actors.Running;

/// <summary>How a run ended.</summary>
/// <param name="State">The state as far as it is durable.</param>
/// <param name="Fault">What happened that could not be journaled any more, or null.</param>
/// <param name="BeamAlarm">Why the beam could not be blanked, or null.</param>
public sealed record ExperimentOutcome(ExperimentState State, string? Fault, string? BeamAlarm);
