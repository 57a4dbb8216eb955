using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>What completes a run before all its points are measured; null means as much as it takes.</summary>
/// <param name="DosePerPixel">Dose that no pixel may pass.</param>
/// <param name="Electrons">Electrons on the sample.</param>
/// <param name="Duration">Time at work.</param>
/// <param name="Convergence">What has to settle.</param>
/// <param name="Tolerance">Share below which it counts as settled; null without <paramref name="Convergence"/>.</param>
/// <param name="Over">Observations that have to say so; null without <paramref name="Convergence"/>.</param>
public sealed record BudgetSection(
    Dose? DosePerPixel,
    double? Electrons,
    TimeSpan? Duration,
    ConvergenceKind Convergence,
    double? Tolerance,
    int? Over);
