using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Regions;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;

namespace DklActors.Host.Serving.Campaigns;

/// <summary>
/// One campaign that the daemon knows: the order of its regions, each of which is an experiment. Changed by the
/// registry alone, read by anybody.
/// </summary>
internal sealed class CampaignEntry(string root, CampaignPlan plan)
{
    private volatile ComparisonNote _comparison = ComparisonNote.None;

    public string Id { get; } = Path.GetFileName(root);

    public string Root { get; } = root;

    public CampaignPlan Plan { get; } = plan;

    /// <summary>
    /// The experiment of each region, in the order of the plan; null for one whose folder is gone. Filled before
    /// anybody sees the campaign.
    /// </summary>
    public ExperimentEntry?[] Regions { get; } = new ExperimentEntry?[plan.Regions.Length];

    /// <summary>How far what the regions have in common is found out.</summary>
    public ComparisonNote Comparison
    {
        get => _comparison;
        set => _comparison = value;
    }

    /// <summary>The comparison that is being made; the folder is its until it completes.</summary>
    public Task Comparing { get; set; } = Task.CompletedTask;

    /// <summary>Id of the experiment of a region.</summary>
    public static string IdOf(string campaign, string region) => $"{campaign}-{region}";

    public IEnumerable<ExperimentEntry> Known => Regions.OfType<ExperimentEntry>();

    /// <summary>The first region that is not complete, or null.</summary>
    public ExperimentEntry? Next => Known.FirstOrDefault(static entry => !entry.IsComplete);

    /// <summary>The one that is at work or about to be, or null.</summary>
    public ExperimentEntry? UnderWay =>
        Known.FirstOrDefault(static entry => entry.Summary.Phase is Phase.Starting or Phase.Live);

    /// <summary>Whether nothing of it is to be run, or run on.</summary>
    public bool IsAtRest => Known.All(static entry => entry.Summary.Phase == Phase.Ended && !entry.GoesOn);

    /// <summary>Whether anything of it was ever begun.</summary>
    public bool HasBegun => Known.Any(static entry => entry.HasBegun);

    /// <summary>Whether every region before one is complete: until then it has to wait.</summary>
    public bool IsTurnOf(ExperimentEntry entry) =>
        Regions.TakeWhile(each => each != entry).All(static each => each is { IsComplete: true });

    public PlannedRegion PlanOf(ExperimentEntry entry) => Plan.Regions[Array.IndexOf(Regions, entry)];

    /// <summary>A region and those after it.</summary>
    public IEnumerable<ExperimentEntry> From(ExperimentEntry entry) => Known.SkipWhile(each => each != entry);

    public CampaignView View()
    {
        (PlannedRegion Planned, ExperimentSummary? Now)[] regions =
            [.. Plan.Regions.Zip(Regions, static (planned, entry) => (planned, entry?.Now()))];
        ExperimentSummary[] known = [.. regions.Select(static region => region.Now).OfType<ExperimentSummary>()];
        ExperimentSummary? first = known.FirstOrDefault(static each => each.State != RunState.Completed);
        ComparisonNote comparison = Comparison;
        return new CampaignView(
            Id,
            Plan.Name,
            Plan.Title,
            $"{Plan.Transfer}".ToLowerInvariant(),
            PhaseOf(known),
            first?.State ?? RunState.Completed,
            first?.Reason,
            known.Select(static each => each.QueuedAt).DefaultIfEmpty().Min(),
            known.Min(static each => each.StartedAt),
            comparison.State,
            comparison.Problem,
            [.. regions.Select(static region => RegionView.Of(region.Planned, region.Now))]);
    }

    // At work in one region, it is at work.
    private static Phase PhaseOf(ExperimentSummary[] regions)
    {
        Phase[] order = [Phase.Live, Phase.Starting, Phase.Queued];
        return order.Where(phase => regions.Any(each => each.Phase == phase)).DefaultIfEmpty(Phase.Ended).First();
    }
}

/// <param name="State">How far it is.</param>
/// <param name="Problem">Why it could not be made, or null.</param>
internal sealed record ComparisonNote(ComparisonState State, string? Problem)
{
    public static readonly ComparisonNote None = new(ComparisonState.None, null);
    public static readonly ComparisonNote Making = new(ComparisonState.Making, null);
    public static readonly ComparisonNote There = new(ComparisonState.There, null);

    /// <summary>What the folder of a campaign has.</summary>
    public static ComparisonNote In(string root) => File.Exists(CampaignFolder.SummaryIn(root)) ? There : None;
}
