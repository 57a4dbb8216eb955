using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>Outcome of deriving a run again.</summary>
/// <param name="Chain">Outcome for the journal as such; where it is damaged, nothing is derived from it.</param>
/// <param name="Checks">What was compared, how often, with what outcome.</param>
/// <param name="Divergences">The first of them, in the order of the journal.</param>
/// <param name="Notes">What a reader has to know of it, such as an instruction set that is another.</param>
/// <param name="Computing">Planning, training and scalarizing as the run itself spent it.</param>
/// <param name="Took">Wall time of the verification.</param>
public sealed record VerificationReport(
    ChainReport Chain,
    ImmutableArray<CheckCount> Checks,
    ImmutableArray<Divergence> Divergences,
    ImmutableArray<string> Notes,
    TimeSpan Computing,
    TimeSpan Took)
{
    public long Diverged => Checks.Sum(check => check.Divergent);

    /// <summary>What could not be derived again by this version of the software.</summary>
    public long NotDerivable => Checks.Sum(check => check.NotDerivable);

    /// <summary>Whether nothing is damaged and nothing diverges.</summary>
    public bool IsClean => Chain.IsIntact && Diverged == 0;
}
