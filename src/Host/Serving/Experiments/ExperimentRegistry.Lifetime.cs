using DklActors.Actors.Experiments;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Experiments;

/// <summary>From the folder to the queues at start, and to rest at shutdown.</summary>
internal sealed partial class ExperimentRegistry
{
    public const string ShutdownBy = "daemon";
    public const string ShutdownReason = "The daemon shuts down; the run goes on when it is back.";

    /// <summary>Finds every run of the folder; those that were not to end go on.</summary>
    public void Load()
    {
        lock (_gate)
        {
            foreach (string folder in Directory.EnumerateDirectories(data.Runs).Order(StringComparer.Ordinal))
            {
                if (EntryOf(folder) is { } entry)
                {
                    _entries[entry.Id] = entry;
                    _order = Math.Max(_order, entry.Order);
                }
            }

            _accepts = true;
            int unfinished = _entries.Values.Count(static entry => entry.Summary.Phase == Phase.Queued);
            log.LogInformation("{Runs} runs found, {Unfinished} of them to go on", _entries.Count, unfinished);
            StartWhatCan();
        }

        Changes.Raise();
    }

    /// <summary>
    /// Begins nothing any more and ends each run at its next point; one that takes too long is ended at once. All
    /// journals are closed and all beams blanked when it returns; the runs go on at the next start.
    /// </summary>
    public async Task ShutDownAsync()
    {
        List<ExperimentEntry> live;
        List<Task> working;
        lock (_gate)
        {
            _accepts = false;
            live = [.. _entries.Values.Where(static entry => entry.Live is not null)];
            working = [.. _working.Values];
        }

        Changes.Raise();
        foreach (ExperimentEntry entry in live)
        {
            entry.Live?.Runner.Stop(ShutdownBy, ShutdownReason);
        }

        var all = Task.WhenAll(working);
        try
        {
            await all.WaitAsync(PatienceAtShutdown, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (ExperimentEntry entry in live)
            {
                entry.Live?.Runner.Abort(ShutdownBy, ShutdownReason);
            }

            await all.ConfigureAwait(false);
        }
    }

    private ExperimentEntry? EntryOf(string folder)
    {
        try
        {
            if (EntryFile.Read(folder) is { Summary: { } summary } noted
                && summary.Id == Path.GetFileName(folder))
            {
                bool goesOn = noted.IsWanted && summary.State != RunState.Completed;
                return new ExperimentEntry(folder, noted.Order, summary with
                {
                    Phase = goesOn ? Phase.Queued : Phase.Ended,
                    Position = null,
                })
                {
                    IsWanted = goesOn,
                };
            }

            return RunFolder.HoldsRun(folder) && File.Exists(RunFolder.RecipeIn(folder)) ? Foreign(folder) : null;
        }
        catch (Exception exception) when (exception is RecipeException or UsageException or JournalException
            or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            log.LogWarning("{Folder} is left out: {Reason}", folder, exception.Message);
            return null;
        }
    }

    /// <summary>A run that another program put there, such as <c>dkl run</c> or a backup: to look at.</summary>
    private static ExperimentEntry Foreign(string folder)
    {
        Recipe recipe = RecipeReader.ReadUsed(RunFolder.RecipeIn(folder), [], out _);
        IJournalReader journal = RunJournal.OpenForReading(folder);
        string stream = RunJournal.RunIdIn(folder) ?? throw new UsageException($"{folder} has no event yet.");
        var state = ExperimentState.Empty;
        StoredEvent? first = null;
        StoredEvent? last = null;
        foreach (StoredEvent stored in journal.Read(stream))
        {
            first ??= stored;
            last = stored;
            state = state.Apply(stored.Event);
        }

        return new ExperimentEntry(folder, 0, new ExperimentSummary
        {
            Id = Path.GetFileName(folder),
            Name = recipe.Name,
            Title = recipe.Title,
            Instrument = InstrumentName.Of(recipe),
            Phase = Phase.Ended,
            Position = null,
            State = state.Run,
            Reason = state.EndReason,
            Measured = state.Measured,
            Total = recipe.Planner.Seeds + recipe.Planner.Measurements,
            QueuedAt = first?.Created ?? default,
            StartedAt = first?.Created,
            EndedAt = last?.Created,
            Sequence = last?.SequenceNumber ?? 0,
        });
    }
}
