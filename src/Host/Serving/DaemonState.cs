using DklActors.Actors.Interlock;
using DklActors.Host.Composition;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;

namespace DklActors.Host.Serving;

/// <summary>The daemon as a whole, for those who look on.</summary>
internal sealed class DaemonState(
    ExperimentRegistry experiments, SeatKeeper seats, DataFolder data, TimeProvider time)
{
    // Told to everybody on every change: what is older is asked for.
    private const int MostEnded = 100;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Raised when an experiment comes, changes or goes, or the seat.</summary>
    public ChangeSignal Changes => experiments.Changes;

    public void Changed() => experiments.Changes.Raise();

    public DaemonStatus Now()
    {
        List<ExperimentSummary> latest = Latest();
        HashSet<string?> campaigns = [.. latest.Select(static entry => entry.Campaign)];
        return new DaemonStatus(
            ProvenanceReader.SoftwareVersion,
            _startedAt,
            time.GetUtcNow(),
            experiments.Accepts,
            latest,
            [.. experiments.Campaigns().Where(campaign => campaigns.Contains(campaign.Id))],
            seats.Holder,
            FreeDiskSuspender.FreeBytesOf(data.Root));
    }

    private List<ExperimentSummary> Latest()
    {
        int ended = 0;
        return [.. experiments.All().Where(entry => entry.Phase != Phase.Ended || ended++ < MostEnded)];
    }
}
