using System.Collections.Immutable;
using DklActors.Learning.Candidates;

namespace DklActors.Learning.Ladder;

/// <summary>Candidates whose scalars are all known: what a measurement gives, and what is true.</summary>
/// <param name="Candidates">M candidates.</param>
/// <param name="Measured">What measuring each once gives, scalarizer's unit; NaN where it gives nothing usable.</param>
/// <param name="StandardErrors">Its standard error; 0 where it is not known, and then learned.</param>
/// <param name="Truth">What a map is scored against; equal to <paramref name="Measured"/> for recorded data.</param>
public sealed record KnownScalars(
    CandidateSet Candidates, double[] Measured, double[] StandardErrors, double[] Truth)
{
    /// <summary>Candidates to begin with, instead of a design; empty for a space-filling one.</summary>
    public ImmutableArray<int> SeedPoints { get; init; } = [];

    /// <summary>Whether the truth carries the same noise as a measurement.</summary>
    public bool TruthIsMeasured => ReferenceEquals(Measured, Truth);
}
