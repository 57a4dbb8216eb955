using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Stage;

/// <summary>Place the probe here and confirm it.</summary>
internal sealed record PlaceProbe(PointId Point, ProbePosition Target) : IAboutPoint;

/// <summary>The probe is where it was asked to be, within the tolerance.</summary>
internal sealed record ProbePlaced(PointId Point, ProbePosition Requested, ProbePosition ReadBack, TimeSpan Took)
    : IAboutPoint;

/// <summary>The probe could not be placed.</summary>
internal sealed record ProbeRefused(PointId Point, string Reason) : IAboutPoint;
