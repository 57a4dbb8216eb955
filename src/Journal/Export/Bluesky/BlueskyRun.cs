using System.Text.Json.Nodes;
using DklActors.Journal.Export.Points;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>
/// A run as documents of Bluesky's event model: a start, descriptors and events of several streams, and, once the run
/// has ended, a stop. Nothing is kept but the points that are under way.
/// </summary>
public sealed class BlueskyRun
{
    private readonly BlueskyStreams _streams = new();
    private readonly PointStories _stories;
    private readonly BlueskyIdentity _identity;
    private readonly StoredEvent _first;
    private readonly ExperimentStarted _started;
    private readonly SortedDictionary<int, PointStory> _unscalarized = [];
    private SurveyRecorded? _survey;
    private DateTimeOffset _surveyAt;

    // The last move of the stage, or where it was found without one.
    private JournalEvent? _stage;
    private DateTimeOffset _stageAt;

    // In force for the scalars that are told of.
    private string _scalarizer;

    private BlueskyRun(StoredEvent first, long lastChange)
    {
        _stories = new PointStories(lastChange);
        _first = first;
        _started = first.Event as ExperimentStarted ?? throw new JournalDamagedException(
            $"Event {first.Ordering} ({first.Manifest}) should be the start of a run.");
        _scalarizer = _started.Scalarizer;
        _identity = new BlueskyIdentity(first.Checksum);
    }

    /// <summary>Documents of a run, made as its events are read.</summary>
    /// <param name="events">All events of one stream of a journal.</param>
    /// <exception cref="JournalDamagedException">The events are not those of a run.</exception>
    public static IEnumerable<BlueskyDocument> Documents(IEnumerable<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        BlueskyRun? run = null;
        StoredEvent? last = null;
        foreach (StoredEvent stored in events)
        {
            if (run is null)
            {
                run = new BlueskyRun(stored, PointStories.LastChangeIn(events));
                yield return run.Start();
            }

            last = stored;
            foreach (BlueskyDocument document in run.Tell(stored))
            {
                yield return document;
            }
        }

        if (run is null)
        {
            yield break;
        }

        foreach (BlueskyDocument document in run._unscalarized.Values.SelectMany(run.TellPoint))
        {
            yield return document;
        }

        if (RunEnd.Of(last!.Event) is { } end)
        {
            yield return run.Stop(last, end);
        }
    }

    private BlueskyDocument Start() => new("start", new JsonObject
    {
        ["uid"] = _identity.Of("start"),
        ["time"] = BlueskyDocument.Seconds(_first.Created),
        ["plan_name"] = "deep_kernel_learning",
        ["plan_type"] = "adaptive",
        ["run_id"] = _started.RunId,
        ["title"] = _started.Name,
        ["seed"] = _started.Seed,
        ["recipe_sha256"] = _started.RecipeHash,
        ["microscope"] = _started.Microscope,
        ["scalarizer"] = _started.Scalarizer,
        ["engine"] = _started.Engine,
        ["acquisition"] = _started.Acquisition,
        ["detectors"] = new JsonArray("detector"),
        ["motors"] = new JsonArray("probe"),
        ["hints"] = new JsonObject
        {
            ["dimensions"] = new JsonArray(
                new JsonArray(new JsonArray("probe_row"), "primary"),
                new JsonArray(new JsonArray("probe_column"), "primary")),
        },
        ["provenance"] = new JsonObject
        {
            ["software"] = _started.Provenance.Software,
            ["host"] = _started.Provenance.Host,
            ["operating_system"] = _started.Provenance.OperatingSystem,
            ["runtime"] = _started.Provenance.Runtime,
            ["instruction_set"] = _started.Provenance.InstructionSet,
            ["packages"] = new JsonArray(
                [.. _started.Provenance.Packages.Select(static package => (JsonNode?)JsonValue.Create(package))]),
        },
    });

    private IEnumerable<BlueskyDocument> Tell(StoredEvent stored)
    {
        long number = stored.SequenceNumber;
        DateTimeOffset time = stored.Created;
        if (stored.Event is SurveyRecorded recorded)
        {
            (_survey, _surveyAt) = (recorded, time);
        }

        if (stored.Event is StageMoved or StageConfirmed && (_stage is null || stored.Event is StageMoved))
        {
            (_stage, _stageAt) = (stored.Event, time);
        }

        if (stored.Event is ScalarizerChanged changed)
        {
            _scalarizer = changed.Identity;
        }

        IEnumerable<BlueskyDocument> documents = stored.Event switch
        {
            SurveyRecorded survey => _streams.Survey.Tell(_identity, new(survey, time), number, time),
            PointPlanned planned => _streams.Decisions.Tell(_identity, new(planned, time), number, time),
            ModelTrained trained => _streams.Models.Tell(_identity, new(trained, time), number, time),
            _ => Incident.Of(stored) is { } incident
                ? _streams.Incidents.Tell(_identity, new(incident, time), number, time)
                : [],
        };
        return _stories.Add(stored) is { Frame: not null } story ? documents.Concat(TellWhenDone(story)) : documents;
    }

    private IEnumerable<BlueskyDocument> TellWhenDone(PointStory story)
    {
        if (!story.IsClosed)
        {
            _unscalarized[story.Point.Value] = story;
            return [];
        }

        _unscalarized.Remove(story.Point.Value);
        return TellPoint(story);
    }

    private IEnumerable<BlueskyDocument> TellPoint(PointStory story) =>
        _streams.Primary.Tell(_identity, story, story.Point.Value, story.LastAt, () => ConfigurationAt(story));

    private JsonObject ConfigurationAt(PointStory story)
    {
        var configuration = new JsonObject
        {
            ["detector"] = Configured(
                story.FrameAt!.Value,
                new BlueskyField<BlueskyRun>(
                    "dwell", "detector", "number", "s", _ => story.Dwell ?? story.Frame!.Timing.Exposed),
                new BlueskyField<BlueskyRun>("microscope", "detector", "string", null, _ => _started.Microscope)),
            ["scalarizer"] = Configured(
                _first.Created,
                new BlueskyField<BlueskyRun>("scalarizer", "scalarizer", "string", null, _ => _scalarizer)),
            ["planner"] = Configured(
                _first.Created,
                new BlueskyField<BlueskyRun>("acquisition", "planner", "string", null, _ => _started.Acquisition),
                new BlueskyField<BlueskyRun>("engine", "planner", "string", null, _ => _started.Engine)),
        };
        if (_survey is { } survey)
        {
            configuration["probe"] = Configured(
                _surveyAt,
                new BlueskyField<BlueskyRun>("pixel_size", "probe", "number", "nm", _ => survey.PixelSize.Value));
        }

        if (_stage is StageMoved or StageConfirmed)
        {
            StagePosition at = _stage is StageMoved moved ? moved.ReadBack : ((StageConfirmed)_stage).ReadBack;
            configuration["stage"] = Configured(
                _stageAt,
                new BlueskyField<BlueskyRun>("stage_x", "stage", "number", "nm", _ => at.X.Value),
                new BlueskyField<BlueskyRun>("stage_y", "stage", "number", "nm", _ => at.Y.Value));
        }

        return configuration;
    }

    private JsonObject Configured(DateTimeOffset time, params BlueskyField<BlueskyRun>[] fields) => new()
    {
        ["data"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, field.ValueOf(this)))),
        ["timestamps"] = new JsonObject(fields.Select(field => KeyValuePair.Create(
            field.Name, (JsonNode?)BlueskyDocument.Seconds(time)))),
        ["data_keys"] = new JsonObject(fields.Select(static field => KeyValuePair.Create(
            field.Name, (JsonNode?)field.DataKey()))),
    };

    private BlueskyDocument Stop(StoredEvent last, RunEnd end) => new("stop", new JsonObject
    {
        ["uid"] = _identity.Of("stop"),
        ["run_start"] = _identity.Of("start"),
        ["time"] = BlueskyDocument.Seconds(last.Created),
        ["exit_status"] = end.ExitStatus,
        ["reason"] = end.Reason,
        ["num_events"] = new JsonObject(_streams.Counts.Select(static stream => KeyValuePair.Create(
            stream.Name, (JsonNode?)stream.Events))),
    });
}
