using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Regions;
using DklActors.Host.Running;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Campaigns;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Files;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Experiments;

/// <summary>
/// Experiments that belong together: the regions of a campaign. They have places next to each other in the queue, and
/// each waits until those before it are complete; whatever ends one early ends the campaign there. So what is to be run
/// follows from the experiments alone: those up to the first that is at rest.
/// </summary>
internal sealed partial class ExperimentRegistry
{
    // Under _gate.
    private readonly Dictionary<string, CampaignEntry> _campaigns = new(StringComparer.Ordinal);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CampaignView> Campaigns()
    {
        lock (_gate)
        {
            return
            [
                .. _campaigns.Values
                    .OrderByDescending(static campaign =>
                        campaign.Known.Select(static entry => entry.Order).DefaultIfEmpty().Max())
                    .Select(static campaign => campaign.View()),
            ];
        }
    }

    /// <exception cref="ApiException">There is none of that id.</exception>
    public CampaignEntry GetCampaign(string id)
    {
        lock (_gate)
        {
            return _campaigns.TryGetValue(id, out CampaignEntry? campaign)
                ? campaign
                : throw ApiException.NotFound(
                    $"There is no campaign '{Shown(id)}'.",
                    $"See {Routes.Root}/campaigns for those there are.");
        }
    }

    /// <summary>Puts the regions of a checked recipe into the queues of their instruments.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="instrument">Whose queue they wait in; null for each region's own.</param>
    /// <returns>The experiment of the first region.</returns>
    /// <exception cref="ApiException">The daemon is shutting down.</exception>
    public ExperimentEntry Submit(CampaignRecipe recipe, string? instrument)
    {
        DateTimeOffset now = time.GetUtcNow();
        (string root, long order) = Reserve(recipe, now);
        string id = Path.GetFileName(root);
        List<ExperimentEntry> entries = [];
        CampaignPlan plan;
        try
        {
            // Each region is named and noted before there is a campaign: killed in between, there is none.
            using var folder = CampaignFolder.Create(root, recipe, (region, path) =>
            {
                Recipe its = recipe.Regions[entries.Count].Recipe;
                string run = CampaignEntry.IdOf(id, region.Name);
                Name(path, run);
                entries.Add(Queue(
                    path, run, order + entries.Count, its, instrument ?? InstrumentName.Of(its), now, id,
                    region.Name));
            });
            plan = folder.Plan;
        }
        catch
        {
            Directory.Delete(root, recursive: true);
            throw;
        }

        return Add(new CampaignEntry(root, plan), entries);
    }

    /// <summary>Takes the regions that wait out of the queues; what began is kept.</summary>
    /// <exception cref="ApiException">None waits.</exception>
    public void Cancel(CampaignEntry campaign)
    {
        lock (_gate)
        {
            Cancel(campaign.Known.FirstOrDefault(static entry => entry.Summary.Phase == Phase.Queued)
                ?? throw ApiException.Conflict(
                    $"No region of {campaign.Id} waits in a queue.",
                    "Stop or abort one that goes on; one that is over stays."));
        }
    }

    /// <summary>Queues all that is left of a campaign, to go on where it was.</summary>
    /// <exception cref="ApiException">Nothing is left, or all of it goes on.</exception>
    public void Continue(CampaignEntry campaign)
    {
        lock (_gate)
        {
            Continue(campaign.Known.FirstOrDefault(static entry => entry.CanContinue)
                ?? campaign.Next
                ?? throw ApiException.Conflict(
                    $"{campaign.Id} is complete: everything that was asked for is measured.",
                    "Submit another recipe for more."));
        }
    }

    /// <summary>Lets the regions that wait rest, so that none follows the one under way.</summary>
    public void LetRest(CampaignEntry campaign)
    {
        lock (_gate)
        {
            if (campaign.UnderWay is { } entry)
            {
                LetRestAfter(entry);
            }
        }

        Changes.Raise();
    }

    private (string Root, long Order) Reserve(CampaignRecipe recipe, DateTimeOffset now)
    {
        lock (_gate)
        {
            RequireAccepting();
            string id = $"{recipe.Name}-{now:yyyyMMddTHHmmssZ}";
            string free = id;
            for (int i = 2; !IsFree(free); i++)
            {
                free = $"{id}-{i}";
            }

            string root = Path.Combine(data.Campaigns, free);
            LocalFiles.Instance.MakeFolder(root);
            long order = _order + 1;
            _order += recipe.Regions.Length;
            return (root, order);
        }

        bool IsFree(string id) => !Directory.Exists(Path.Combine(data.Campaigns, id))
            && !recipe.Regions.Any(region => _entries.ContainsKey(CampaignEntry.IdOf(id, region.Name)));
    }

    private ExperimentEntry Add(CampaignEntry campaign, List<ExperimentEntry> entries)
    {
        lock (_gate)
        {
            foreach ((int place, ExperimentEntry entry) in entries.Index())
            {
                entry.Campaign = campaign;
                campaign.Regions[place] = entry;
                Add(entry);
            }

            _campaigns.Add(campaign.Id, campaign);
            log.LogInformation(
                "Campaign {Campaign} waits, with {Regions} regions", campaign.Id, campaign.Regions.Length);
            StartWhatCan();
            Changes.Raise();
            return entries[0];
        }
    }

    private void LoadCampaigns()
    {
        foreach (string root in Directory.EnumerateDirectories(data.Campaigns).Order(StringComparer.Ordinal))
        {
            try
            {
                if (CampaignFolder.IsOne(root))
                {
                    var campaign = new CampaignEntry(root, CampaignPlan.Read(CampaignFolder.PlanIn(root)));
                    Load(campaign);
                    _campaigns.Add(campaign.Id, campaign);
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException
                or UnauthorizedAccessException)
            {
                log.LogWarning("{Folder} is left out: {Reason}", root, exception.Message);
            }
        }
    }

    private void Load(CampaignEntry campaign)
    {
        bool goesOn = true;
        foreach ((int place, PlannedRegion region) in campaign.Plan.Regions.Index())
        {
            string id = CampaignEntry.IdOf(campaign.Id, region.Name);
            ExperimentEntry? entry = _entries.ContainsKey(id)
                ? null
                : EntryOf(CampaignFolder.RegionIn(campaign.Root, region), id, campaign, region.Name);
            campaign.Regions[place] = entry;
            goesOn &= entry is { IsComplete: true } or { GoesOn: true };
            if (entry is null)
            {
                continue;
            }

            entry.Campaign = campaign;
            Add(entry);
            if (entry.GoesOn && !goesOn)
            {
                LetRest(entry);
            }
        }

        campaign.Comparison = ComparisonNote.In(campaign.Root);
    }

    /// <summary>A region that waits, and those after it: the campaign ends before it.</summary>
    private void TakeOut(CampaignEntry campaign, ExperimentEntry from)
    {
        if (campaign.UnderWay is null && !campaign.HasBegun && campaign.Known.First() == from)
        {
            Directory.Delete(campaign.Root, recursive: true);
            _campaigns.Remove(campaign.Id);
            foreach (ExperimentEntry entry in campaign.Known)
            {
                entry.IsWanted = false;
                _entries.Remove(entry.Id);
            }

            return;
        }

        LetRest(from);
        LetRestAfter(from);
        CompareIfOver(campaign);
    }

    /// <summary>A region that is at rest, and those after it that are.</summary>
    /// <exception cref="ApiException">One before it is to be done first, or is gone.</exception>
    private void GoOn(CampaignEntry campaign, ExperimentEntry from)
    {
        foreach ((PlannedRegion region, ExperimentEntry? before) in campaign.Plan.Regions.Zip(campaign.Regions)
            .TakeWhile(pair => pair.Second != from))
        {
            if (before is not ({ IsComplete: true } or { GoesOn: true }))
            {
                throw ApiException.Conflict(
                    $"{from.Id} waits for the region {region.Name}, which is not complete.",
                    before is null ? $"Restore the folder of {region.Name}." : $"Continue the campaign {campaign.Id}.");
            }
        }

        foreach (ExperimentEntry entry in campaign.From(from).Where(static each => each.CanContinue))
        {
            Name(entry.Folder, entry.Id);
            QueueAgain(entry);
        }
    }

    private void LetRestAfter(ExperimentEntry entry)
    {
        foreach (ExperimentEntry next in entry.Campaign?.From(entry).Skip(1) ?? [])
        {
            if (next.Summary.Phase == Phase.Queued)
            {
                LetRest(next);
            }
        }
    }

    /// <summary>Has a region's campaign to itself, as one that goes on; null for an experiment of its own.</summary>
    /// <exception cref="UsageException">Another process has it.</exception>
    private static async Task<CampaignFolder?> OpenCampaignAsync(ExperimentEntry entry)
    {
        if (entry.Campaign is not { } campaign)
        {
            return null;
        }

        await campaign.Comparing.ConfigureAwait(false);
        var folder = CampaignFolder.OpenExisting(campaign.Root);
        CampaignComparer.Forget(folder);
        campaign.Comparison = ComparisonNote.None;
        return folder;
    }

    private void CompareIfOver(CampaignEntry? campaign)
    {
        if (_accepts && campaign is { IsAtRest: true, HasBegun: true, Comparison.State: ComparisonState.None })
        {
            campaign.Comparison = ComparisonNote.Making;
            campaign.Comparing = Task.Run(async () =>
            {
                await comparer.CompareAsync(campaign).ConfigureAwait(false);
                Changes.Raise();
            });
        }
    }

    /// <summary>Makes the name of a run durable, where it has none yet.</summary>
    private static void Name(string path, string id)
    {
        using RunFolder folder = RunFolder.Lock(Path.GetFullPath(path));
        RunJournal.Begin(folder, id);
    }
}
