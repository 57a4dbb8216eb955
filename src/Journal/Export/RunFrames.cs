using DklActors.Journal.Codecs;
using DklActors.Journal.Export.Points;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;

namespace DklActors.Journal.Export;

/// <summary>
/// The measured frames of a run for formats that say the number of frames before the first: a first pass over the
/// events counts, each later one gives the same points again, also while the run goes on.
/// </summary>
public sealed class RunFrames
{
    private readonly IJournalReader _journal;
    private readonly string _stream;
    private readonly long _lastSequence;

    private RunFrames(
        IJournalReader journal, string stream, long lastSequence, int count, Frame sample, RunHead head)
    {
        _journal = journal;
        _stream = stream;
        _lastSequence = lastSequence;
        Count = count;
        Sample = sample;
        Head = head;
    }

    /// <summary>Points with a frame.</summary>
    public int Count { get; }

    /// <summary>The first frame: its kind, shape and axis are those of all.</summary>
    public Frame Sample { get; }

    /// <summary>What the run says of itself.</summary>
    public RunHead Head { get; }

    /// <summary>Points with a frame, in the order in which the run was done with them.</summary>
    public IEnumerable<PointStory> Points => PointStories
        .Of(_journal.Read(_stream).TakeWhile(stored => stored.SequenceNumber <= _lastSequence))
        .Where(static story => story.Frame is not null);

    /// <summary>Their frames, read and checked as they are asked for.</summary>
    /// <exception cref="JournalDamagedException">A frame is missing, damaged, or not like the first.</exception>
    public IEnumerable<Frame> Frames => Points.Select(FrameOf);

    /// <summary>Reads all events once.</summary>
    /// <returns>Null where the run has no frame yet.</returns>
    /// <exception cref="JournalDamagedException">An event or a content cannot be read.</exception>
    public static RunFrames? Of(IJournalReader journal, string stream)
    {
        ArgumentNullException.ThrowIfNull(journal);
        int count = 0;
        long last = 0;
        FrameRecorded? first = null;
        var head = new RunHeadReader();
        foreach (StoredEvent stored in journal.Read(stream))
        {
            last = stored.SequenceNumber;
            head.Add(stored);
            if (stored.Event is FrameRecorded recorded)
            {
                first ??= recorded;
                count++;
            }
        }

        return first is null
            ? null
            : new RunFrames(journal, stream, last, count, Read(journal, first), head.Read(journal));
    }

    private static Frame Read(IJournalReader journal, FrameRecorded recorded)
    {
        try
        {
            return FrameCodec.Read(journal.ReadContent(ContentHash.Parse(recorded.FrameHash)));
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JournalException)
        {
            throw new JournalDamagedException(
                $"The frame of point {recorded.Point} cannot be read: {exception.Message}", exception);
        }
    }

    private Frame FrameOf(PointStory story)
    {
        Frame frame = Read(_journal, story.Frame!);
        bool isLike = (frame, Sample) switch
        {
            (SpectrumFrame spectrum, SpectrumFrame sample) => spectrum.Axis == sample.Axis,
            (PatternFrame pattern, PatternFrame sample) => pattern.Shape == sample.Shape,
            _ => false,
        };
        return isLike
            ? frame
            : throw new JournalDamagedException(
                $"The frame of point {story.Point} has not the kind, shape and axis of the run's first frame.");
    }
}
