using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Secrets;

namespace DklActors.Host.Trainers.Remote;

/// <summary>How a daemon reaches its trainer nodes.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Token">What it shares with the nodes.</param>
/// <param name="Daemon">Its id, the same at each start: results that come while it is away are kept under it.</param>
/// <param name="Software">Version and commit; nodes have to run the same.</param>
internal sealed record TrainerNodesOptions(BrokerAddress Broker, TrainerToken Token, string Daemon, string Software);
