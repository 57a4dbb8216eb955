using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Journal.Export.Points;

/// <summary>All that a run says of one point.</summary>
/// <param name="Planned">Why it was chosen.</param>
/// <param name="PlannedAt">When that was committed.</param>
public sealed record PointStory(PointPlanned Planned, DateTimeOffset PlannedAt)
{
    public PointId Point => Planned.Point;

    /// <summary>The point whose scalar needs this one's frame; null for a point with a scalar of its own.</summary>
    public PointId? Centre { get; init; }

    public PointOutcome Outcome { get; init; } = PointOutcome.Planned;

    /// <summary>Exposures intended so far.</summary>
    public int Attempts { get; init; }

    /// <summary>Dwell asked for, or null before any exposure.</summary>
    public TimeSpan? Dwell { get; init; }

    public FrameRecorded? Frame { get; init; }

    /// <summary>When the frame was committed.</summary>
    public DateTimeOffset? FrameAt { get; init; }

    public PointScalarized? Scalarized { get; init; }

    /// <summary>When the last event of the point was committed.</summary>
    public DateTimeOffset LastAt { get; init; } = PlannedAt;

    /// <summary>Sequence number of the last event of the point.</summary>
    public long LastSequence { get; init; }

    /// <summary>Charged for all its exposures, also those that gave no frame.</summary>
    public double ChargedElectrons { get; init; }

    /// <summary>Why there is no frame, why the point was given up, what is doubtful of the scalar; or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Whether nothing more will be said of it.</summary>
    public bool IsClosed => Outcome is PointOutcome.Measured or PointOutcome.Abandoned
        || (Outcome == PointOutcome.Recorded && Centre is not null);
}
