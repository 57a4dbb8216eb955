using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Scalarizing;

/// <summary>Turn this frame into one number.</summary>
internal sealed record Scalarize(PointId Point, Frame Frame) : IAboutPoint;

internal sealed record Scalarized(PointId Point, ScalarResult Result, TimeSpan Took) : IAboutPoint;
