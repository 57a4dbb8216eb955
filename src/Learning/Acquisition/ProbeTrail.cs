using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Acquisition;

/// <summary>Where the candidates lie, and where the probe has been sent so far.</summary>
/// <param name="Candidates">The candidates that are scored.</param>
/// <param name="Planned">
/// Targets of all points planned before this one, in the order of their numbers, whatever became of them. The probe
/// will stand at the last when it moves to the point to be decided.
/// </param>
public sealed record ProbeTrail(CandidateSet Candidates, ImmutableArray<GridPoint> Planned);
