using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Experiments;

/// <summary>How far the one point that the probe works on has come.</summary>
internal enum SlotPhase
{
    /// <summary>The probe is on its way.</summary>
    Moving,

    /// <summary>The probe is there; the interlock is asked.</summary>
    AwaitingGrant,

    /// <summary>The intent is on its way to the journal.</summary>
    Intending,

    /// <summary>The intent is durable; waits for the detector to be free.</summary>
    Ready,

    /// <summary>The beam is on, or about to be.</summary>
    Exposing,

    /// <summary>The beam is blanked; the detector reads out and the probe may move on.</summary>
    ReadingOut,
}

/// <summary>A point on its way through probe and detector.</summary>
internal sealed record MeasurementSlot(PointId Point, SlotPhase Phase, ProbePosition Requested)
{
    public ProbePosition ReadBack { get; init; }

    public TimeSpan Moved { get; init; }

    public ExposureLease? Lease { get; init; }

    public double ReservedElectrons { get; init; }
}
