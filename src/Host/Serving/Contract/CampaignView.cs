using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Estimating;
using DklActors.Host.Regions;

namespace DklActors.Host.Serving.Contract;

/// <summary>A campaign in short: its regions in order, each an experiment.</summary>
/// <param name="Id">Also the name of its folder.</param>
/// <param name="Name">The recipe's.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Transfer">What the first training in a further region starts from: none or warm.</param>
/// <param name="Phase">Live or starting while a region is, queued while one waits, else ended.</param>
/// <param name="State">Of the first region that is not complete; completed when all are.</param>
/// <param name="Reason">Why that one ended, or null.</param>
/// <param name="QueuedAt">When it was submitted.</param>
/// <param name="StartedAt">When its first region began, or null.</param>
/// <param name="Comparison">Of the regions; made when the campaign is over.</param>
/// <param name="ComparisonProblem">Why it could not be made, or null.</param>
/// <param name="Regions">In order.</param>
internal sealed record CampaignView(
    string Id,
    string Name,
    string Title,
    string Transfer,
    Phase Phase,
    RunState State,
    string? Reason,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    ComparisonState Comparison,
    string? ComparisonProblem,
    IReadOnlyList<RegionView> Regions);

/// <summary>How far what the regions of a campaign have in common is found out.</summary>
internal enum ComparisonState
{
    /// <summary>The campaign is not over, or has not begun.</summary>
    None,

    /// <summary>It is being made.</summary>
    Making,

    /// <summary>It can be asked for.</summary>
    There,

    /// <summary>It could not be made.</summary>
    Failed,
}

/// <param name="Name">The recipe's.</param>
/// <param name="Experiment">Id of its run; null where its folder is gone.</param>
/// <param name="Differences">Keys that it has of its own.</param>
/// <param name="Phase">Where the daemon has it.</param>
/// <param name="State">By its journal.</param>
/// <param name="Reason">Why it ended, or who paused it, or null.</param>
/// <param name="Measured">Points.</param>
/// <param name="Total">Points asked for.</param>
internal sealed record RegionView(
    string Name,
    string? Experiment,
    ImmutableSortedDictionary<string, string> Differences,
    Phase Phase,
    RunState State,
    string? Reason,
    int Measured,
    int Total)
{
    public static RegionView Of(PlannedRegion planned, ExperimentSummary? now) => new(
        planned.Name,
        now?.Id,
        planned.Differences,
        now?.Phase ?? Phase.Ended,
        now?.State ?? RunState.New,
        now is null ? "Its folder is gone." : now.Reason,
        now?.Measured ?? 0,
        now?.Total ?? 0);
}

/// <summary>What one region of a recipe's list would take.</summary>
internal sealed record RegionEstimate(string Region, Estimate Estimate);
