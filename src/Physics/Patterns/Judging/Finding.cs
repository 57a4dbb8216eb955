using DklActors.Messages.Scalars;

namespace DklActors.Physics.Patterns.Judging;

/// <summary>Whether what came of a pattern may be learned from, and why not or only with care.</summary>
/// <param name="Quality">Good, suspect or bad.</param>
/// <param name="Reason">Null when the quality is good.</param>
public readonly record struct Finding(ScalarQuality Quality, string? Reason)
{
    public static Finding Good => default;

    public bool IsBad => Quality == ScalarQuality.Bad;

    public static Finding Suspect(string reason) => new(ScalarQuality.Suspect, reason);

    public static Finding Bad(string reason) => new(ScalarQuality.Bad, reason);

    /// <summary>The worse of two; the first where both are as bad.</summary>
    public Finding And(Finding other) => other.Quality > Quality ? other : this;
}
