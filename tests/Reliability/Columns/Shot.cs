using DklActors.Messages.Geometry;

namespace DklActors.Reliability.Columns;

/// <summary>One time that the beam was on, as the hardware has it.</summary>
/// <param name="Process">Which process of the run unblanked it, from 1.</param>
/// <param name="Point">The armed lease's point; 0 for a scan, -1 where nothing was armed.</param>
/// <param name="Attempt">The armed lease's attempt.</param>
/// <param name="Place">Where the beam stood.</param>
/// <param name="OnAt">Timestamp of the machine's monotonic clock.</param>
/// <param name="Longest">After this the instrument blanks by itself.</param>
/// <param name="BlankedAt">Timestamp of the blanking, or 0 where no process blanked.</param>
/// <param name="BlankedBy">Process that blanked, or 0.</param>
internal readonly record struct Shot(
    int Process,
    int Point,
    int Attempt,
    GridPoint Place,
    long OnAt,
    TimeSpan Longest,
    long BlankedAt,
    int BlankedBy)
{
    public const int ScanPoint = 0;
    public const int NoPoint = -1;

    public bool IsScan => Point == ScanPoint;

    public string Lease => $"p{Point}/{Attempt}";

    /// <summary>Whether no process was as quick as the instrument's own timer.</summary>
    public bool IsBlankedByTimer =>
        BlankedAt == 0 || TimeProvider.System.GetElapsedTime(OnAt, BlankedAt) >= Longest;

    /// <summary>How long the beam was on until a moment.</summary>
    public TimeSpan OnUntil(long timestamp)
    {
        TimeSpan on = TimeProvider.System.GetElapsedTime(OnAt, BlankedAt == 0 ? timestamp : BlankedAt);
        return on < Longest ? on : Longest;
    }

    public bool IsOnAt(long timestamp) =>
        timestamp >= OnAt
        && (BlankedAt == 0 || timestamp < BlankedAt)
        && TimeProvider.System.GetElapsedTime(OnAt, timestamp) < Longest;
}
