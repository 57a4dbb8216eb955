namespace DklActors.Daemon.Tests.Daemons;

/// <summary>A data folder of a daemon, gone after the test.</summary>
public sealed class DaemonFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("dkl-daemon-").FullName;

    public string Runs => Path.Combine(Root, "runs");

    public string Campaigns => Path.Combine(Root, "campaigns");

    /// <summary>Where the run of a region of a campaign is.</summary>
    public string RegionOf(string campaign, string region) => Path.Combine(Campaigns, campaign, "regions", region);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
