using DklActors.Host.Regions;
using DklActors.Host.Regions.Comparing;
using DklActors.Host.Serving.Contract;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Campaigns;

/// <summary>
/// Finds out what the regions of a campaign have in common, once it is over, as <c>dkl run</c> does at its end. It is
/// made from the journals, so that one that was cut short is made again.
/// </summary>
internal sealed class CampaignComparer(TimeProvider time, ILogger<CampaignComparer> log) : IDisposable
{
    // Models of every pair are trained anew: one campaign at a time, or it would slow what is at work.
    private readonly SemaphoreSlim _comparing = new(1);

    /// <summary>Forgets what was found out: the campaign goes on.</summary>
    public static void Forget(CampaignFolder folder)
    {
        // It is the summary that says that there is one.
        File.Delete(CampaignFolder.SummaryIn(folder.Root));
        if (Directory.Exists(folder.Figures))
        {
            File.Delete(CampaignFolder.FigureIn(folder.Root));
        }
    }

    /// <summary>Compares; what it comes to is noted in the campaign, a failure too.</summary>
    public async Task CompareAsync(CampaignEntry campaign)
    {
        await _comparing.WaitAsync().ConfigureAwait(false);
        try
        {
            using var folder = CampaignFolder.OpenExisting(campaign.Root);
            CampaignReport report = CampaignReport.Of(folder, time);
            CampaignFigures.Write(folder.Figures, report);
            folder.WriteSummary(report.ToJson(indented: true));
            campaign.Comparison = ComparisonNote.There;
            log.LogInformation("Campaign {Campaign}: its regions are compared", campaign.Id);
        }
        catch (Exception exception)
        {
            // The runs are whole; what could not be made of them now may be made later.
            campaign.Comparison = new ComparisonNote(ComparisonState.Failed, exception.Message);
            log.LogError(exception, "Campaign {Campaign}: its regions cannot be compared", campaign.Id);
        }
        finally
        {
            _comparing.Release();
        }
    }

    public void Dispose() => _comparing.Dispose();
}
