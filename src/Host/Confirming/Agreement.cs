namespace DklActors.Host.Confirming;

/// <summary>How much a component goes with what the run found.</summary>
/// <param name="Component">From 1.</param>
/// <param name="Share">Share of all counts that it makes up.</param>
/// <param name="Pearson">Correlation of its abundance with what was found; NaN where either is constant.</param>
/// <param name="Spearman">The same of the ranks.</param>
internal sealed record Agreement(int Component, double Share, double Pearson, double Spearman);
