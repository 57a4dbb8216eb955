using DklActors.Actors.Experiments;

namespace DklActors.Actors.Snapshots;

/// <summary>A stream as it was found.</summary>
/// <param name="Events">Number of its events.</param>
/// <param name="State">What follows from them.</param>
/// <param name="SnapshotAt">The event up to which the state had been kept; 0 when it was folded from the first.</param>
public sealed record RecoveredRun(long Events, ExperimentState State, long SnapshotAt);
