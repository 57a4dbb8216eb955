using System.Security.Cryptography;
using DklActors.Host.Composition;
using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Secrets;
using DklActors.Journal.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace DklActors.Trainers;

/// <summary>A whole node but for its engine, as a process of its own, so that it can be killed.</summary>
internal static class TimedNode
{
    public static async Task<int> RunAsync(
        string broker,
        string name,
        string tokenFile,
        string cache,
        TimeSpan training,
        TimeProvider time,
        CancellationToken cancellation)
    {
        await using var node = new TrainerNode(
            new TrainerNodeOptions
            {
                Broker = BrokerAddress.Parse(broker, null, null),
                Token = TrainerToken.Read(tokenFile),
                Name = name,
                CacheFolder = cache,
            },
            new Guid(RandomNumberGenerator.GetBytes(16)), ProvenanceReader.SoftwareVersion,
            new TimedEngines(training), LocalFiles.Instance, time, NullLogger.Instance);
        node.Start();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
