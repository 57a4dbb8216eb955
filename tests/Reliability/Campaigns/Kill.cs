using DklActors.Reliability.Invariants;

namespace DklActors.Reliability.Campaigns;

/// <summary>A process that was killed, and what was found after it.</summary>
/// <param name="Plan">When it was to die.</param>
/// <param name="Process">Which process of the run, from 1.</param>
/// <param name="BeamWasOn">Whether it died with the beam on.</param>
/// <param name="Unknown">Exposures and scans whose outcome nobody knows for its death.</param>
/// <param name="Breaches">What had not been seen before.</param>
internal sealed record Kill(
    PlannedKill Plan, int Process, bool BeamWasOn, int Unknown, IReadOnlyList<Breach> Breaches)
{
    /// <summary>How long the beam was on after the death; zero where it was off.</summary>
    public TimeSpan OnAfterDeath { get; init; }

    /// <summary>Whether the instrument's own timer blanked, and not the process that took the run up.</summary>
    public bool BlankedByTimer { get; init; }

    public int Broken(Promise promise) => Breaches.Count(breach => breach.Promise == promise);
}
