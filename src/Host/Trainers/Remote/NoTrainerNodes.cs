using System.Collections.Immutable;
using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>The nodes of a daemon without a broker: none.</summary>
internal sealed class NoTrainerNodes(DateTimeOffset since) : ITrainerNodes
{
    private const string Why = "This daemon has no broker; 'dkl serve --broker URL' gives it one.";

    public IReadOnlyList<NodeView> Nodes => [];

    public BrokerView Broker { get; } =
        new("", IsConnected: false, since, Why, 0, 0, 0, ImmutableDictionary<string, long>.Empty);

    public Task<TrainingResult> TrainAsync(
        TrainingJob job, TimeSpan patience, CancellationToken cancellationToken) =>
        Task.FromException<TrainingResult>(new TrainersUnavailableException(Why));

    public Task ForgetAsync(string experiment) => Task.CompletedTask;
}
