using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>One strategy on one seed.</summary>
internal sealed record ComparisonRun(Strategy Strategy, ulong Seed, IReadOnlyList<LadderStep> Steps);
