using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Scalarizing;

/// <summary>Turn this measurement into one number.</summary>
internal sealed record Scalarize(PointId Point, Measurement Measurement) : IAboutPoint;

/// <summary>Frames that the journal holds cannot be read.</summary>
internal sealed record FramesLost(string Reason);

internal sealed record Scalarized(PointId Point, ScalarResult Result, TimeSpan Took) : IAboutPoint;
