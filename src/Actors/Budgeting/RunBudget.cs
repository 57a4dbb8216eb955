using DklActors.Messages.Units;

namespace DklActors.Actors.Budgeting;

/// <summary>
/// What a run may use up beside its number of points; null means as much as it takes. The first that is reached
/// completes the run. Budgets say what a run is worth; limits say what must never happen.
/// </summary>
/// <param name="Electrons">Electrons on the whole sample, the structural image's included.</param>
/// <param name="PerPixel">Dose of any one pixel.</param>
/// <param name="Duration">Time at work: from taking up the run to the last frame, over all processes.</param>
/// <param name="Convergence">When enough is known.</param>
public sealed record RunBudget(
    double? Electrons, Dose? PerPixel, TimeSpan? Duration, ConvergenceBudget? Convergence)
{
    public static readonly RunBudget None = new(null, null, null, null);

    public bool IsNone => this == None;
}

/// <summary>When enough is known.</summary>
/// <param name="Aim">What is followed.</param>
/// <param name="Tolerance">
/// Map: the run is converged when the map's deviation has changed by less than this share over the last points. Best:
/// when none of the last points was expected to bring more than this share of the range of the scalars.
/// </param>
/// <param name="Points">Number of observations that have to say so.</param>
public sealed record ConvergenceBudget(ConvergenceAim Aim, double Tolerance, int Points);
