using DklActors.Messages.Geometry;

namespace DklActors.Messages.Events;

/// <summary>
/// The stage took the sample to the run's place, with the beam blanked, and reads back there within the tolerance.
/// Where there is a structural image already, nobody knows how that lies now: nothing is exposed before a look at the
/// drift has told.
/// </summary>
/// <param name="Asked">The run's place.</param>
/// <param name="Found">Where the stage stood before.</param>
/// <param name="ReadBack">Where it stands once it has settled.</param>
/// <param name="Took">From the first order to the last read-back.</param>
[JournalEvent("stage-moved", 1)]
public sealed record StageMoved(
    StagePosition Asked, StagePosition Found, StagePosition ReadBack, TimeSpan Took) : JournalEvent;

/// <summary>The stage was found where this run has left it, within the tolerance, and was not moved.</summary>
/// <param name="Asked">The run's place.</param>
/// <param name="ReadBack">Where the stage stands.</param>
[JournalEvent("stage-confirmed", 1)]
public sealed record StageConfirmed(StagePosition Asked, StagePosition ReadBack) : JournalEvent;
