using DklActors.Messages.Geometry;

namespace DklActors.Actors.Placing;

/// <summary>See to it that the stage is at the run's place.</summary>
/// <param name="Known">Where this run left it; null where it has not placed it yet, and then it is moved in any case.
/// </param>
/// <param name="MayMove">Whether a stage that is elsewhere may be taken back.</param>
/// <param name="Ticket">Comes back with the answer, so that one meant for an earlier life of the experiment is known.
/// </param>
internal sealed record PlaceSample(StagePosition? Known, bool MayMove, object Ticket);

/// <summary>The stage is at the run's place, by its read-back.</summary>
/// <param name="Found">Where it stood before.</param>
/// <param name="ReadBack">Where it stands.</param>
/// <param name="Took">How long moving took; null where it was not moved.</param>
/// <param name="Ticket">Of the order.</param>
internal sealed record SamplePlaced(StagePosition Found, StagePosition ReadBack, TimeSpan? Took, object Ticket);

/// <summary>The stage is elsewhere than this run left it, and was left alone.</summary>
internal sealed record SampleElsewhere(StagePosition Found, object Ticket);

/// <summary>The stage is not at the run's place, or nobody knows.</summary>
/// <param name="Fault">What kept it.</param>
/// <param name="Reason">In words.</param>
/// <param name="Ticket">Of the order.</param>
internal sealed record SampleNotPlaced(PlacingFault Fault, string Reason, object Ticket);

/// <summary>What keeps a stage from a place.</summary>
internal enum PlacingFault
{
    /// <summary>The instrument has no stage that it moves, refused, or failed.</summary>
    Instrument,

    /// <summary>The place is outside the limits; nothing was moved.</summary>
    OutsideLimits,

    /// <summary>The beam does not read back as blanked; nothing was moved.</summary>
    BeamOn,

    /// <summary>The stage came to rest elsewhere.</summary>
    Elsewhere,

    /// <summary>It was not heard of in time, and may still be moving.</summary>
    TimedOut,
}
