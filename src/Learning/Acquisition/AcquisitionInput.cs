using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Acquisition;

/// <summary>Everything a score may depend on, so that it can be re-derived.</summary>
/// <param name="Posterior">Belief about all candidates, fantasies of pending points included.</param>
/// <param name="BestObserved">Best value measured so far under the goal, in the scalarizer's unit.</param>
/// <param name="Goal">Which values are searched for.</param>
/// <param name="Seed">Seed of this one decision; unused by deterministic functions.</param>
public sealed record AcquisitionInput(Posterior Posterior, double BestObserved, Goal Goal, ulong Seed)
{
    /// <summary>Where the probe has been; null where no penalty asks.</summary>
    public ProbeTrail? Trail { get; init; }

    /// <summary>What must be exceeded for an improvement over the best observed value.</summary>
    /// <param name="xi">Margin, in standard deviations of the scalars that the model was trained on.</param>
    internal Improvement ImprovementBy(double xi) =>
        new(Goal, Goal.Merit(BestObserved), xi, Posterior.Model.Scaling.Scale);
}
