using DklActors.Actors.Experiments;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Host.Serving.Campaigns;
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
                if (EntryOf(folder, Path.GetFileName(folder)) is { } entry)
                {
                    Add(entry);
                }
            }

            LoadCampaigns();
            _accepts = true;
            int unfinished = _entries.Values.Count(static entry => entry.Summary.Phase == Phase.Queued);
            log.LogInformation("{Runs} runs found, {Unfinished} of them to go on", _entries.Count, unfinished);
            StartWhatCan();
            foreach (CampaignEntry campaign in _campaigns.Values)
            {
                CompareIfOver(campaign);
            }
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
        List<Task> comparing;
        lock (_gate)
        {
            _accepts = false;
            live = [.. _entries.Values.Where(static entry => entry.Live is not null)];
            working = [.. _working.Values];
            comparing = [.. _campaigns.Values.Select(static campaign => campaign.Comparing)];
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

        // One that takes longer is made again at the next start.
        await Task.WhenAny(Task.WhenAll(comparing), Task.Delay(PatienceAtShutdown, time)).ConfigureAwait(false);
    }

    private void Add(ExperimentEntry entry)
    {
        _entries[entry.Id] = entry;
        _order = Math.Max(_order, entry.Order);
    }

    /// <summary>The experiment of a folder; null where there is none to be made of it.</summary>
    private ExperimentEntry? EntryOf(string folder, string id, CampaignEntry? campaign = null, string? region = null)
    {
        try
        {
            if (EntryFile.Read(folder) is { Summary: { } summary } noted && summary.Id == id)
            {
                return Noted(folder, noted, summary with { Campaign = campaign?.Id, Region = region });
            }

            bool isRun = campaign is not null || RunFolder.HoldsRun(folder);
            return isRun && File.Exists(RunFolder.RecipeIn(folder)) ? Foreign(folder, id, campaign?.Id, region) : null;
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            log.LogWarning("{Folder} is left out: {Reason}", folder, exception.Message);
            return null;
        }
    }

    /// <summary>
    /// A run as it was noted, and what its journal has had since: the process may have been killed in between. What a
    /// person or an interlock ended then stays ended.
    /// </summary>
    private ExperimentEntry Noted(string folder, EntryFile noted, ExperimentSummary summary)
    {
        bool goesOn = noted.IsWanted && summary.State != RunState.Completed;
        bool mayHaveGoneOn = goesOn || (summary.Region is not null && summary.State != RunState.Completed);
        if (mayHaveGoneOn && StandingIn(folder) is { } standing && standing.Sequence > summary.Sequence)
        {
            goesOn = goesOn && standing.CanGoOnByItself(ShutdownBy);
            summary = standing.Of(summary) with { EndedAt = goesOn ? null : standing.Last };
        }

        return new ExperimentEntry(folder, noted.Order, summary with
        {
            Phase = goesOn ? Phase.Queued : Phase.Ended,
            Position = null,
        })
        {
            IsWanted = goesOn,
        };
    }

    private RunStanding? StandingIn(string folder)
    {
        try
        {
            return RunStanding.In(folder);
        }
        catch (Exception exception) when (IsOfTheFolder(exception))
        {
            // It cannot be read now, as with a database that is down: whoever opens it for work is told.
            log.LogWarning("{Folder}: its journal cannot be read: {Reason}", folder, exception.Message);
            return null;
        }
    }

    private static bool IsOfTheFolder(Exception exception) => exception is RecipeException or UsageException
        or JournalException or IOException or UnauthorizedAccessException or InvalidOperationException;

    /// <summary>A run that another program put there, such as <c>dkl run</c> or a backup: to look at.</summary>
    private static ExperimentEntry Foreign(string folder, string id, string? campaign, string? region)
    {
        Recipe recipe = RecipeReader.ReadUsed(RunFolder.RecipeIn(folder), [], out _);
        RunStanding standing = RunStanding.In(folder);
        if (standing.Sequence == 0 && campaign is null)
        {
            throw new UsageException($"{folder} has no event yet.");
        }

        return new ExperimentEntry(folder, 0, standing.Of(new ExperimentSummary
        {
            Id = id,
            Name = recipe.Name,
            Title = recipe.Title,
            Instrument = InstrumentName.Of(recipe),
            Phase = Phase.Ended,
            Position = null,
            State = RunState.New,
            Reason = null,
            Measured = 0,
            Total = recipe.Planner.Seeds + recipe.Planner.Measurements,
            QueuedAt = standing.Began ?? default,
            StartedAt = null,
            EndedAt = standing.Last,
            Sequence = 0,
            Campaign = campaign,
            Region = region,
        }));
    }
}
