using DklActors.Actors.Experiments;
using DklActors.Instruments.Ports;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Actors.Detection;

/// <summary>Take a structural image.</summary>
/// <param name="Deadline">Longest wait for it.</param>
/// <param name="Ticket">Comes back with the answer, so that one meant for an earlier life of the experiment is known.
/// </param>
internal sealed record TakeSurvey(TimeSpan Deadline, object Ticket);

internal sealed record SurveyTaken(StructuralImage Image, TimeSpan Took, object Ticket);

/// <summary>No image; the beam is blanked, and was on for no longer than it took.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Took">How long the scan took.</param>
/// <param name="Ticket">Of the order to take it.</param>
/// <param name="Suspension">The beam guard's ticket of the person's word that ended it; null for a failure.</param>
internal sealed record SurveyFailed(string Reason, TimeSpan Took, object Ticket, long? Suspension = null);

/// <summary>Expose once under this lease.</summary>
internal sealed record Expose(ExposureLease Lease) : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>The beam is blanked again, verified; the read-out goes on and the probe may move.</summary>
internal sealed record BeamFree(ExposureLease Lease) : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>The frame is here. <c>StartedAt</c> is a timestamp of the run's TimeProvider.</summary>
internal sealed record FrameReadOut(
    ExposureLease Lease, Frame Frame, long StartedAt, TimeSpan BeamOn, TimeSpan Exposed, TimeSpan ReadOut)
    : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>The exposure gave no frame; the beam is blanked.</summary>
internal sealed record ExposureFaulted(ExposureLease Lease, string Reason, FaultClass FaultClass, TimeSpan BeamOn)
    : IAboutPoint
{
    public PointId Point => Lease.Point;

    /// <summary>Whether a person blanked the beam, so that nothing has failed.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether nobody knows if it was exposed.</summary>
    public bool IsOutcomeUnknown { get; init; }
}
