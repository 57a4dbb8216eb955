using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>Where on the sample a run is measured; <see cref="StageSection"/> is about the probe.</summary>
/// <param name="Place">Where the stage takes the sample to; null where it is left alone.</param>
/// <param name="Tolerance">Largest distance between the place and the read-back.</param>
/// <param name="Settle">Wait after a move.</param>
/// <param name="Timeout">Longest time for one move.</param>
/// <param name="Attempts">Moves at most.</param>
public sealed record SampleStageSection(
    StagePosition? Place, Nanometre Tolerance, TimeSpan Settle, TimeSpan Timeout, int Attempts);
