using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Journal.Export.Points;

/// <summary>Puts together what the events of a run say of each point, as they are read.</summary>
/// <remarks>
/// Holds the points that are under way and no others, so that a long run takes no more memory. Scalars that another
/// scalarizer made void are passed over: where there was one, points are under way until they have their last scalar.
/// </remarks>
/// <param name="lastChange">Number of the event that chose the last scalarizer; 0 where there is none.</param>
public sealed class PointStories(long lastChange = 0)
{
    private readonly SortedDictionary<PointId, PointStory> _open = [];

    /// <summary>Points in the order in which the run was done with them, then those that are under way.</summary>
    /// <exception cref="JournalDamagedException">An event speaks of a point that was never planned.</exception>
    public static IEnumerable<PointStory> Of(IEnumerable<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var stories = new PointStories(LastChangeIn(events));
        foreach (StoredEvent stored in events)
        {
            if (stories.Add(stored) is { IsClosed: true } done)
            {
                yield return done;
            }
        }

        foreach (PointStory open in stories._open.Values)
        {
            yield return open;
        }
    }

    /// <summary>Number of the event that chose the last scalarizer; 0 where the first was kept.</summary>
    public static long LastChangeIn(IEnumerable<StoredEvent> events) => events
        .Where(static stored => stored.Event is ScalarizerChanged)
        .Select(static stored => stored.SequenceNumber)
        .LastOrDefault();

    /// <summary>Takes note of an event.</summary>
    /// <returns>What is now known of its point, or null where it speaks of none.</returns>
    /// <exception cref="JournalDamagedException">It speaks of a point that was never planned.</exception>
    public PointStory? Add(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        PointStory? story = stored.Event switch
        {
            PointPlanned planned => new PointStory(planned, stored.Created),
            NeighbourPlanned neighbour => Known(neighbour.Centre, stored) is var centre
                ? new PointStory(
                    centre.Planned with { Point = neighbour.Point, Target = neighbour.Target, Took = TimeSpan.Zero },
                    stored.Created)
                {
                    Centre = neighbour.Centre,
                }
                : null,
            ExposureIntended intended => Known(intended.Point, stored) with
            {
                Outcome = PointOutcome.Intended, Attempts = intended.Attempt, Dwell = intended.Dwell,
            },
            ExposureFailed failed => Charge(failed.Point, stored, failed.ChargedElectrons) with
            {
                Outcome = PointOutcome.Planned, Remark = failed.Reason,
            },
            ExposureOutcomeUnknown unknown => Charge(unknown.Point, stored, unknown.ChargedElectrons) with
            {
                Outcome = PointOutcome.Unknown,
            },
            FrameRecorded frame => Charge(frame.Point, stored, frame.ChargedElectrons) with
            {
                Outcome = PointOutcome.Recorded, Frame = frame, FrameAt = stored.Created, Remark = null,
            },
            PointScalarized when stored.SequenceNumber < lastChange => null,
            PointScalarized scalarized => Known(scalarized.Point, stored) with
            {
                Outcome = PointOutcome.Measured, Scalarized = scalarized, Remark = scalarized.Scalar.Reason,
            },
            PointAbandoned abandoned => Known(abandoned.Point, stored) with
            {
                Outcome = PointOutcome.Abandoned, Remark = abandoned.Reason,
            },
            _ => null,
        };
        if (story is null)
        {
            return null;
        }

        story = story with { LastAt = stored.Created, LastSequence = stored.SequenceNumber };
        if (story.IsClosed)
        {
            _open.Remove(story.Point);
        }
        else
        {
            _open[story.Point] = story;
        }

        return story;
    }

    private PointStory Known(PointId point, StoredEvent stored) => _open.TryGetValue(point, out PointStory? story)
        ? story
        : throw new JournalDamagedException(
            $"Event {stored.Ordering} ({stored.Manifest}) speaks of point {point}, which is not under way.");

    private PointStory Charge(PointId point, StoredEvent stored, double electrons)
    {
        PointStory story = Known(point, stored);
        return story with { ChargedElectrons = story.ChargedElectrons + electrons };
    }
}
