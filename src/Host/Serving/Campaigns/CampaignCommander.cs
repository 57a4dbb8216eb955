using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Http;

namespace DklActors.Host.Serving.Campaigns;

/// <summary>
/// Passes a person's command on to the region of a campaign that is under way, whichever that is by then: between two
/// regions it waits for the next one.
/// </summary>
internal sealed class CampaignCommander(ExperimentRegistry experiments, Commander commander, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="id">The campaign.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="otherwise">What stands in the journal without a reason.</param>
    /// <param name="endsIt">Whether no further region is to begin.</param>
    /// <param name="control">The command.</param>
    /// <exception cref="ApiException">There is no such campaign, or nothing of it goes on, or it refuses.</exception>
    public async Task<Accepted> AskAsync(
        string id,
        HttpRequest request,
        string? reason,
        string otherwise,
        bool endsIt,
        Func<string, string, RunControl> control)
    {
        CampaignEntry campaign = experiments.GetCampaign(id);
        _ = Reasons.Of(reason, otherwise);
        if (endsIt && campaign.UnderWay is not null)
        {
            // Before the command: a region that completes just now is not followed by another.
            experiments.LetRest(campaign);
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token, request.HttpContext.RequestAborted);
        while (true)
        {
            ExperimentEntry entry = await UnderWayAsync(campaign, patience.Token).ConfigureAwait(false);
            try
            {
                return await commander.AskAsync(entry.Id, request, reason, otherwise, control).ConfigureAwait(false);
            }
            catch (ApiException refused) when (refused.Status == StatusCodes.Status409Conflict && !CanBeAsked(entry))
            {
                // It ended meanwhile; the next one, if there is any, is meant.
            }
        }
    }

    private async Task<ExperimentEntry> UnderWayAsync(CampaignEntry campaign, CancellationToken patience)
    {
        while (true)
        {
            Task changed = experiments.Changes.Next;
            ExperimentEntry entry = campaign.UnderWay ?? throw ApiException.Conflict(
                $"{campaign.Id} does not go on: none of its regions is at work.",
                campaign.IsAtRest ? "Continue it first." : "Wait for its turn, or take it out of the queue.");
            if (CanBeAsked(entry))
            {
                return entry;
            }

            try
            {
                await changed.WaitAsync(patience).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw ApiException.Conflict(
                    $"{entry.Id} has not begun within {Patience.TotalSeconds} s.",
                    "Look at its instrument, and ask again.");
            }
        }
    }

    // Before its actors are at work and after they are done there is nobody to ask.
    private static bool CanBeAsked(ExperimentEntry entry) => entry.Live is { } live
        && live.Feed.Picture.State.Run is RunState.New or RunState.Preparing or RunState.Running or RunState.Paused;
}
