using DklActors.Host.Serving.Contract;

namespace DklActors.Host.Serving.Experiments;

/// <summary>What was told of an experiment last.</summary>
/// <param name="Status">That.</param>
/// <param name="Phase">Where it was then.</param>
/// <param name="At">When, as the clock's timestamp.</param>
internal sealed record LastStatus(ExperimentStatus Status, Phase Phase, long At);
