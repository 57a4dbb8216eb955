using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Scalarizing;

/// <summary>Turn this measurement into one number.</summary>
/// <param name="Point">The point.</param>
/// <param name="Measurement">Its frame, with those of neighbours.</param>
/// <param name="Scalarizer">What turns it.</param>
/// <param name="Generation">Comes back with the number: which of the run's scalarizers this is.</param>
internal sealed record Scalarize(PointId Point, Measurement Measurement, IScalarizer Scalarizer, int Generation)
    : IAboutPoint;

/// <summary>Frames that lay in the journal.</summary>
internal sealed record FramesRead(int Generation, ImmutableArray<Scalarize> Frames);

/// <summary>Frames that the journal holds cannot be read.</summary>
internal sealed record FramesLost(string Reason);

internal sealed record Scalarized(PointId Point, ScalarResult Result, TimeSpan Took, int Generation) : IAboutPoint;
