using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Regions;
using DklActors.Host.Running;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Campaigns;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Looking;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Watching.Linking;
using DklActors.Instruments.Files;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Experiments;

/// <summary>
/// All experiments of the daemon's folder: those that wait, one queue an instrument, those at work, those that are
/// over. An instrument has one experiment at a time. The regions of a campaign are experiments that wait for each
/// other.
/// </summary>
internal sealed partial class ExperimentRegistry(
    DataFolder data, RunLogLevel logLevel, WatchdogLink watchdog, TrainerDesk trainers, RunLibrary library,
    CampaignComparer comparer, TimeProvider time, ILogger<ExperimentRegistry> log)
{
    private static readonly TimeSpan PatienceAtShutdown = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Dictionary<string, ExperimentEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _working = new(StringComparer.Ordinal);
    private long _order;
    private bool _accepts;

    /// <summary>Raised whenever an experiment comes, changes its phase or goes.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>False before everything is loaded and while the daemon shuts down.</summary>
    public bool Accepts
    {
        get
        {
            lock (_gate)
            {
                return _accepts;
            }
        }
    }

    /// <summary>Newest first, with their places in the queues.</summary>
    public IReadOnlyList<ExperimentSummary> All()
    {
        lock (_gate)
        {
            Dictionary<string, int> positions = [];
            foreach (var queue in Queued().GroupBy(static entry => entry.Summary.Instrument))
            {
                int position = 0;
                foreach (ExperimentEntry entry in queue)
                {
                    positions[entry.Id] = ++position;
                }
            }

            return
            [
                .. _entries.Values.OrderByDescending(static entry => entry.Order)
                    .Select(entry => entry.Now() with { Position = PositionOf(entry.Id, positions) }),
            ];
        }
    }

    public IReadOnlyList<ExperimentEntry> Live
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Values.Where(static entry => entry.Live is not null)];
            }
        }
    }

    /// <exception cref="ApiException">There is none of that id.</exception>
    public ExperimentEntry Get(string id)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out ExperimentEntry? entry)
                ? entry
                : throw ApiException.NotFound(
                    $"There is no experiment '{Shown(id)}'.",
                    "See /api/v1/experiments for those there are.");
        }
    }

    /// <summary>Puts a checked recipe into the queue of its instrument.</summary>
    /// <exception cref="ApiException">The daemon is shutting down.</exception>
    public ExperimentEntry Submit(Recipe recipe, string instrument)
    {
        lock (_gate)
        {
            RequireAccepting();
            DateTimeOffset now = time.GetUtcNow();
            string id = IdFor(recipe, now);
            string path = Path.Combine(data.Runs, id);
            using (var folder = RunFolder.Create(path, recipe.ToYaml()))
            {
                RunJournal.Begin(folder, id);
            }

            ExperimentEntry entry = Queue(path, id, ++_order, recipe, instrument, now);
            _entries.Add(id, entry);
            log.LogInformation("Experiment {RunId} waits for {Instrument}", id, instrument);
            StartWhatCan();
            Changes.Raise();
            return entry;
        }
    }

    /// <summary>Takes a waiting experiment out; what began is kept.</summary>
    /// <exception cref="ApiException">It does not wait.</exception>
    public void Cancel(ExperimentEntry entry)
    {
        lock (_gate)
        {
            if (entry.Summary.Phase != Phase.Queued)
            {
                throw ApiException.Conflict(
                    $"{entry.Id} does not wait in a queue: it is {Name(entry.Summary.Phase)}.",
                    "Stop or abort one that goes on; one that is over stays.");
            }

            if (entry.Campaign is { } campaign)
            {
                TakeOut(campaign, entry);
            }
            else if (entry.HasBegun)
            {
                LetRest(entry);
            }
            else
            {
                entry.IsWanted = false;
                Directory.Delete(entry.Folder, recursive: true);
                _entries.Remove(entry.Id);
            }

            log.LogInformation("Experiment {RunId} is taken out of the queue", entry.Id);
            Changes.Raise();
        }
    }

    /// <summary>Puts an experiment that ended into its queue again, to go on where it was.</summary>
    /// <remarks>A region takes those after it along: they wait for each other.</remarks>
    /// <exception cref="ApiException">It is not over, or it is complete.</exception>
    public void Continue(ExperimentEntry entry)
    {
        lock (_gate)
        {
            RequireAccepting();
            if (!entry.CanContinue)
            {
                throw ApiException.Conflict(
                    entry.Summary.State == RunState.Completed
                        ? $"{entry.Id} is complete: everything that was asked for is measured."
                        : $"{entry.Id} is not over: it is {Name(entry.Summary.Phase)}.",
                    "Submit another experiment for more.");
            }

            if (entry.Campaign is { } campaign)
            {
                GoOn(campaign, entry);
            }
            else
            {
                QueueAgain(entry);
            }

            StartWhatCan();
            Changes.Raise();
        }
    }

    /// <summary>An experiment that nothing has happened of, noted as one to be run.</summary>
    private ExperimentEntry Queue(
        string path, string id, long order, Recipe recipe, string instrument, DateTimeOffset now,
        string? campaign = null, string? region = null)
    {
        var entry = new ExperimentEntry(path, order, new ExperimentSummary
        {
            Id = id,
            Name = recipe.Name,
            Title = recipe.Title,
            Instrument = instrument,
            Phase = Phase.Queued,
            Position = null,
            State = RunState.New,
            Reason = null,
            Measured = 0,
            Total = recipe.Planner.Seeds + recipe.Planner.Measurements,
            QueuedAt = now,
            StartedAt = null,
            EndedAt = null,
            Sequence = 0,
            Campaign = campaign,
            Region = region,
        })
        {
            IsWanted = true,
        };
        Note(entry);
        return entry;
    }

    private void QueueAgain(ExperimentEntry entry)
    {
        entry.IsWanted = true;
        entry.Order = ++_order;
        entry.Summary = entry.Summary with
        {
            Phase = Phase.Queued, EndedAt = null, Reason = null, QueuedAt = time.GetUtcNow(),
        };
        Note(entry);
    }

    /// <summary>It waits no longer, and is kept.</summary>
    private void LetRest(ExperimentEntry entry)
    {
        entry.IsWanted = false;
        entry.Summary = entry.Summary with { Phase = Phase.Ended };
        Note(entry);
    }

    private void RequireAccepting()
    {
        if (!_accepts)
        {
            throw ApiException.ShuttingDown();
        }
    }

    private IEnumerable<ExperimentEntry> Queued() => _entries.Values
        .Where(static entry => entry.Summary.Phase == Phase.Queued)
        .OrderBy(static entry => entry.Order);

    /// <summary>
    /// Gives every instrument that has none its next experiment. A region that has to wait for another one keeps no
    /// instrument waiting with it.
    /// </summary>
    private void StartWhatCan()
    {
        if (!_accepts)
        {
            return;
        }

        HashSet<string> taken =
        [
            .. _entries.Values.Where(static entry => entry.Summary.Phase is Phase.Starting or Phase.Live)
                .Select(static entry => entry.Summary.Instrument),
        ];
        foreach (ExperimentEntry entry in Queued().ToList())
        {
            bool isItsTurn = entry.Campaign is not { } campaign || campaign.IsTurnOf(entry);
            if (isItsTurn && taken.Add(entry.Summary.Instrument))
            {
                entry.Summary = entry.Summary with { Phase = Phase.Starting };
                _working[entry.Id] = Task.Run(() => WorkAsync(entry));
            }
        }
    }

    private async Task WorkAsync(ExperimentEntry entry)
    {
        string? trouble = null;
        bool isDone = false;
        try
        {
            (trouble, isDone) = await WorkInsideAsync(entry).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RecipeException or UsageException or JournalException
            or IOException or UnauthorizedAccessException or DataFileException or InstrumentException)
        {
            trouble = exception.Message;
            log.LogError("Experiment {RunId} cannot go on: {Reason}", entry.Id, trouble);
        }
        catch (Exception exception)
        {
            trouble = $"a bug: {exception.GetType().Name}: {exception.Message}";
            log.LogError(exception, "Experiment {RunId} ended by a bug", entry.Id);
        }

        lock (_gate)
        {
            entry.IsWanted &= !_accepts;
            entry.Summary = entry.Summary with
            {
                Phase = Phase.Ended,
                EndedAt = time.GetUtcNow(),
                State = trouble is not null && entry.Summary.State == RunState.New
                    ? RunState.Failed
                    : entry.Summary.State,
                Reason = trouble ?? entry.Summary.Reason,
            };
            entry.Live = null;
            Note(entry);
            _working.Remove(entry.Id);
            if (!isDone && _accepts)
            {
                LetRestAfter(entry);
            }

            StartWhatCan();
            CompareIfOver(entry.Campaign);
        }

        Changes.Raise();
    }

    /// <returns>Why it ended, and whether it ended as it should.</returns>
    private async Task<(string? Reason, bool IsDone)> WorkInsideAsync(ExperimentEntry entry)
    {
        using CampaignFolder? campaign = await OpenCampaignAsync(entry).ConfigureAwait(false);
        await using LiveRun live = await LiveRun.OpenAsync(
            entry.Folder, logLevel, time, watchdog, trainers, entry.Changes.Raise,
            campaign?.ModelBefore(entry.Campaign!.PlanOf(entry))).ConfigureAwait(false);
        lock (_gate)
        {
            entry.Summary = entry.Summary with
            {
                Phase = Phase.Live, StartedAt = entry.Summary.StartedAt ?? time.GetUtcNow(),
            };
            entry.Live = live;
            Note(entry);
            if (!_accepts)
            {
                // The shutdown did not see it yet.
                live.Runner.Stop(ShutdownBy, ShutdownReason);
            }
        }

        log.LogInformation("Experiment {RunId} begins on {Instrument}", entry.Id, entry.Summary.Instrument);
        Changes.Raise();
        RunReport report = await live.RunAsync().ConfigureAwait(false);
        library.Keep(entry, live);
        entry.Summary = entry.Now();
        foreach (string left in report.Troubles)
        {
            log.LogWarning("Experiment {RunId}: {Trouble}", entry.Id, left);
        }

        log.LogInformation(
            "Experiment {RunId} is {State} after {Measured} points: {Reason}",
            entry.Id, report.Summary.State, report.Summary.Points, report.Summary.Reason);
        return (report.Summary.Reason, report.Exit == ExitCode.Done);
    }

    private void Note(ExperimentEntry entry)
    {
        try
        {
            new EntryFile(
                entry.Summary.Instrument, entry.Order, entry.Summary.QueuedAt, entry.IsWanted, entry.Now())
                .Write(entry.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The journal knows what happened; only the place in the queue would be lost with the process.
            log.LogWarning("Experiment {RunId} cannot be noted: {Reason}", entry.Id, exception.Message);
        }
    }

    private string IdFor(Recipe recipe, DateTimeOffset now)
    {
        string id = $"{recipe.Name}-{now:yyyyMMddTHHmmssZ}";
        string free = id;
        for (int i = 2; _entries.ContainsKey(free) || Directory.Exists(Path.Combine(data.Runs, free)); i++)
        {
            free = $"{id}-{i}";
        }

        return free;
    }

    private static int? PositionOf(string id, Dictionary<string, int> positions) =>
        positions.TryGetValue(id, out int position) ? position : null;

    // An id that nobody has may be of any length.
    private static string Shown(string id) => id.Length <= 100 ? id : id[..100];

    private static string Name(Phase phase) => phase switch
    {
        Phase.Queued => "waiting",
        Phase.Starting => "starting",
        Phase.Live => "going on",
        _ => "over",
    };
}
