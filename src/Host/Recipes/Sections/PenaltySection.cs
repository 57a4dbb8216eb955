namespace DklActors.Host.Recipes.Sections;

/// <summary>What speaks against going somewhere, as shares of the span of the scores; 0 is none.</summary>
/// <param name="DistanceCost">Cost of a move across the whole image.</param>
/// <param name="RecencyPenalty">Cost at the place planned last.</param>
/// <param name="RecencyRadiusPx">Distance at which that cost has fallen to 61 %.</param>
/// <param name="RecencyMemory">Planned points until a place is forgotten.</param>
/// <param name="RevisitPenalty">Cost at any place ever planned, with the same radius.</param>
public sealed record PenaltySection(
    double DistanceCost, double RecencyPenalty, double RecencyRadiusPx, int RecencyMemory, double RevisitPenalty);
