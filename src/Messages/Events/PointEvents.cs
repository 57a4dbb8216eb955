using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Messages.Events;

/// <summary>A point was chosen; nothing has been exposed for it yet.</summary>
[JournalEvent("point-planned", 1)]
public sealed record PointPlanned(PointId Point, GridPoint Target, PlanningBasis Basis, TimeSpan Took) : JournalEvent;

/// <summary>
/// A point beside a planned one is measured too, because the scalarizer needs its frame for the planned one's scalar.
/// It has no scalar of its own. Planned together with its centre, in one append.
/// </summary>
[JournalEvent("neighbour-planned", 1)]
public sealed record NeighbourPlanned(PointId Point, GridPoint Target, PointId Centre) : JournalEvent;

/// <summary>
/// The beam is about to be unblanked here. Durable before it is; the dose is reserved. An intent that no later
/// event of the same point and attempt answers is an exposure of unknown outcome.
/// </summary>
[JournalEvent("exposure-intended", 1)]
public sealed record ExposureIntended(
    PointId Point,
    int Attempt,
    ProbePosition Requested,
    ProbePosition ReadBack,
    TimeSpan Dwell,
    TimeSpan LongestWallTime,
    double ReservedElectrons) : JournalEvent;

/// <summary>The exposure gave no frame. What it may have cost is charged.</summary>
[JournalEvent("exposure-failed", 1)]
public sealed record ExposureFailed(
    PointId Point, int Attempt, string Reason, string FaultClass, double ChargedElectrons) : JournalEvent;

/// <summary>Found on recovery: an intent without an answer. Charged in full, never exposed again by itself.</summary>
[JournalEvent("exposure-outcome-unknown", 1)]
public sealed record ExposureOutcomeUnknown(PointId Point, int Attempt, double ChargedElectrons) : JournalEvent;

/// <summary>
/// The raw frame is durable under its content hash. Where the probe was asked to be, where it was, and which patch
/// is therefore the one to learn from stand together here and nowhere else.
/// </summary>
/// <param name="Point">The planned point.</param>
/// <param name="Attempt">Which exposure of the point gave the frame, from 1.</param>
/// <param name="FrameHash">Content hash of the frame.</param>
/// <param name="Requested">Position asked for, px.</param>
/// <param name="ReadBack">Position the hardware reported just before the exposure, px.</param>
/// <param name="Patch">Centre of the patch to learn from: the candidate nearest to the read-back.</param>
/// <param name="ChargedElectrons">Electrons charged for the exposure.</param>
/// <param name="Timing">How long what took.</param>
[JournalEvent("frame-recorded", 1)]
public sealed record FrameRecorded(
    PointId Point,
    int Attempt,
    string FrameHash,
    ProbePosition Requested,
    ProbePosition ReadBack,
    GridPoint Patch,
    double ChargedElectrons,
    ExposureTiming Timing) : JournalEvent;

/// <summary>Durations of one measurement; the start counts from when this process took up the run.</summary>
public sealed record ExposureTiming(TimeSpan ExposureStart, TimeSpan Moved, TimeSpan Exposed, TimeSpan ReadOut);

/// <summary>The scalar of a recorded frame.</summary>
[JournalEvent("point-scalarized", 1)]
public sealed record PointScalarized(PointId Point, ScalarResult Scalar, string Scalarizer, TimeSpan Took)
    : JournalEvent;

/// <summary>The point gave no frame and will not be tried again; another is planned instead.</summary>
[JournalEvent("point-abandoned", 2)]
public sealed record PointAbandoned(PointId Point, string Reason, AbandonCause Cause = AbandonCause.NoFrame)
    : JournalEvent;
