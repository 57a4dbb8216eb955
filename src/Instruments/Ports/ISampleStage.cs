using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Ports;

/// <summary>The stage that carries the sample.</summary>
/// <remarks>
/// Where a move was asked for and no answer came, nobody knows whether it moves: the caller reads back and decides by
/// that. A place is absolute, so that the same move may be asked for again.
/// </remarks>
public interface ISampleStage
{
    /// <summary>Where it may be sent, as the instrument stated it last.</summary>
    StageLimits Limits { get; }

    /// <summary>
    /// Asks for a place and returns when the stage has arrived, by its own account. Only called with the beam blanked.
    /// Cancelling ends the waiting; the stage may go on.
    /// </summary>
    /// <exception cref="StageLimitException">The place is outside the limits; it does not move.</exception>
    /// <exception cref="InstrumentException">Refused, lost, or not answered in time.</exception>
    ValueTask MoveAsync(StagePosition target, CancellationToken cancellationToken);

    /// <summary>
    /// Where the stage is now, as the hardware reports it. Waits for a stage that is busy or a link that is gone, until
    /// it is cancelled.
    /// </summary>
    /// <exception cref="InstrumentException">It does not know.</exception>
    ValueTask<StagePosition> ReadBackAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From now on a stage that is farther than a tolerance from a place speaks against measuring, as one of the
    /// instrument's conditions, where the instrument says by itself where the stage is. One that has been away stays a
    /// problem when it is back, until the next call: nobody knows what lies under the beam then.
    /// </summary>
    void Watch(StagePosition place, Nanometre tolerance);
}
