using DklActors.Host.Secrets;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Secrets;

namespace DklActors.Host.Trainers.Node;

/// <summary>What <c>dkl trainer</c> was asked for.</summary>
internal sealed record TrainerNodeOptions
{
    public required BrokerAddress Broker { get; init; }

    public required TrainerToken Token { get; init; }

    /// <summary>What people call it; letters, digits, hyphens, dots.</summary>
    public required string Name { get; init; }

    /// <summary>Where it trains: <c>cpu</c> or such as <c>cuda:0</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Jobs at a time.</summary>
    public int Capacity { get; init; } = 1;

    /// <summary>Folder of contents that were fetched.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Most bytes in it.</summary>
    public long CacheBytes { get; init; } = 2L << 30;

    /// <summary>Authority of the daemons' certificates; null for the system's.</summary>
    public OwnAuthority? DaemonAuthority { get; init; }

    /// <summary>How long a training may go on when the node is told to leave; then it is given back.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(60);
}
