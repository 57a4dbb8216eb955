using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Acquisition;

/// <summary>Everything a score may depend on, so that it can be re-derived.</summary>
/// <param name="Posterior">Belief about all candidates, fantasies of pending points included.</param>
/// <param name="BestObserved">Best value measured so far under the goal, in the scalarizer's unit.</param>
/// <param name="Goal">Whether large or small values are searched for.</param>
/// <param name="Seed">Seed of this one decision; unused by deterministic functions.</param>
public sealed record AcquisitionInput(Posterior Posterior, double BestObserved, Goal Goal, ulong Seed)
{
    /// <summary>+1 to maximise, −1 to minimise.</summary>
    internal double Sign => Goal == Goal.Maximise ? 1.0 : -1.0;
}
