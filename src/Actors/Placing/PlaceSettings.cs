using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Placing;

/// <summary>Where on the sample a run is measured, and how the stage is taken there.</summary>
/// <param name="Place">In the stage's own coordinates.</param>
/// <param name="Tolerance">Largest distance of a read-back.</param>
/// <param name="Settle">Wait after a move, before the read-back that counts.</param>
/// <param name="Timeout">Longest time for one move, its settling and its read-back.</param>
/// <param name="Attempts">Moves at most.</param>
public sealed record PlaceSettings(
    StagePosition Place, Nanometre Tolerance, TimeSpan Settle, TimeSpan Timeout, int Attempts)
{
    /// <summary>Longest time that all of it takes, the first read-back included.</summary>
    internal TimeSpan Longest => (Attempts + 1) * Timeout;
}
