using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Experiments;

/// <summary>How far a point has come.</summary>
public enum PointStage
{
    /// <summary>Chosen, nothing exposed, or the last exposure failed and may be repeated.</summary>
    Planned,

    /// <summary>An exposure was intended; its outcome is not yet known.</summary>
    Intended,

    /// <summary>Its frame is durable.</summary>
    Recorded,

    /// <summary>Its scalar is known.</summary>
    Scalarized,

    /// <summary>Given up without a frame.</summary>
    Abandoned,

    /// <summary>Exposed or not: unknown. The process died in between.</summary>
    OutcomeUnknown,
}

/// <summary>One point of a run, folded from its events.</summary>
public sealed record PointState(PointId Id, GridPoint Target, PlanningBasis Basis)
{
    public PointStage Stage { get; init; } = PointStage.Planned;

    /// <summary>The point whose scalar needs this one's frame; null for a point with a scalar of its own.</summary>
    public PointId? Centre { get; init; }

    /// <summary>Exposures intended so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The exposure that is under way, or null.</summary>
    public ExposureIntended? Intent { get; init; }

    public FrameRecorded? Frame { get; init; }

    public ScalarResult? Scalar { get; init; }

    /// <summary>Whether its frame is there and its scalar still to come.</summary>
    public bool AwaitsScalar => Stage == PointStage.Recorded && Centre is null;

    /// <summary>Whether it will still give a frame.</summary>
    public bool IsOutstanding => Stage is PointStage.Planned or PointStage.Intended;
}
