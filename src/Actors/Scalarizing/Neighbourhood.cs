using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Scalarizing;

/// <summary>The frame of a point and those of its neighbours, as the journal has them.</summary>
/// <param name="Centre">The point's frame.</param>
/// <param name="Neighbours">Those of its neighbours, in the scalarizer's order; null where there is none.</param>
internal sealed record Neighbourhood(FrameRecorded Centre, ImmutableArray<FrameRecorded?> Neighbours)
{
    /// <summary>
    /// What is recorded around a point, of the points planned before it or for it; null while one of those may still be
    /// measured. Where the scalarizer was changed since, of all that were planned by then. What is planned later has no
    /// say, so that the scalar is the same whenever it is computed.
    /// </summary>
    /// <param name="state">The fold of the run's events.</param>
    /// <param name="point">A point with a frame.</param>
    /// <param name="stencil">Which neighbours there are.</param>
    /// <param name="isToCome">Whether a point will still give a frame.</param>
    public static Neighbourhood? Of(
        ExperimentState state, PointState point, Stencil stencil, Func<PointState, bool> isToCome)
    {
        if (stencil.IsEmpty)
        {
            return new Neighbourhood(point.Frame!, []);
        }

        var around = stencil.Around(point.Target);
        var frames = new FrameRecorded?[around.Length];
        foreach (PointState other in state.Points.Values)
        {
            bool isLater = other.Id > point.Id && other.Id.Value > state.PointsAtChange && other.Centre != point.Id;
            if (isLater)
            {
                continue;
            }

            for (int i = 0; i < around.Length; i++)
            {
                if (around[i] != other.Target)
                {
                    continue;
                }

                if (other.Frame is null && isToCome(other))
                {
                    return null;
                }

                frames[i] = other.Frame ?? frames[i];
            }
        }

        return new Neighbourhood(point.Frame!, [.. frames]);
    }

    /// <summary>Reads the frames.</summary>
    /// <exception cref="InvalidDataException">One is damaged or missing.</exception>
    public Measurement Read(IJournalReader journal) => new(
        FrameCodec.Read(journal.ReadContent(ContentHash.Parse(Centre.FrameHash))), Centre.ReadBack)
    {
        Neighbours =
        [
            .. Neighbours.Select(frame => frame is null
                ? null
                : FrameCodec.Read(journal.ReadContent(ContentHash.Parse(frame.FrameHash)))),
        ],
    };
}
