using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Journal.Export;

/// <summary>What a run says of itself as a whole.</summary>
/// <param name="Started">Its first event.</param>
/// <param name="StartedAt">When that was committed.</param>
/// <param name="Image">The structural image.</param>
/// <param name="Scalarizer">Identity of the scalarizer that made the scalars: the last that was chosen.</param>
public sealed record RunHead(
    ExperimentStarted Started, DateTimeOffset StartedAt, StructuralImage Image, string Scalarizer)
{
    /// <summary>Where the stage was read back when the run placed it last; null where it was left alone.</summary>
    public StagePosition? StageAt { get; init; }
}

/// <summary>Notes what belongs to the head of a run while its events go by.</summary>
internal sealed class RunHeadReader
{
    private StoredEvent? _first;
    private SurveyRecorded? _survey;
    private ScalarizerChanged? _changed;
    private StagePosition? _stageAt;

    public void Add(StoredEvent stored)
    {
        _first ??= stored;
        _survey = stored.Event as SurveyRecorded ?? _survey;
        _changed = stored.Event as ScalarizerChanged ?? _changed;
        _stageAt = stored.Event switch
        {
            StageMoved moved => moved.ReadBack,
            StageConfirmed confirmed => _stageAt ?? confirmed.ReadBack,
            _ => _stageAt,
        };
    }

    /// <exception cref="JournalDamagedException">An event that every run with frames has is missing.</exception>
    public RunHead Read(IJournalReader journal)
    {
        if (_first?.Event is not ExperimentStarted started)
        {
            throw new JournalDamagedException("The journal's first event is not the start of a run.");
        }

        if (_survey is null)
        {
            throw new JournalDamagedException("The journal has frames and no structural image.");
        }

        try
        {
            StructuralImage image = ImageCodec.Read(journal.ReadContent(ContentHash.Parse(_survey.ImageHash)));
            return new RunHead(started, _first.Created, image, _changed?.Identity ?? started.Scalarizer)
            {
                StageAt = _stageAt,
            };
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JournalException)
        {
            throw new JournalDamagedException(
                $"The structural image cannot be read: {exception.Message}", exception);
        }
    }
}
