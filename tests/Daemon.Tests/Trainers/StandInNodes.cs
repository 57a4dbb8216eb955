using System.Collections.Immutable;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;

namespace DklActors.Daemon.Tests.Trainers;

/// <summary>One node that trains with an engine of its own and gets what it needs from the shelf alone.</summary>
internal sealed class StandInNodes(IDklEngine engine, ContentShelf shelf) : ITrainerNodes
{
    public const string Name = "gpu-1";

    /// <summary>Jobs in the order in which they came.</summary>
    public List<TrainingJob> Jobs { get; } = [];

    public bool IsThere { get; set; } = true;

    /// <summary>What becomes of a result on its way.</summary>
    public Func<TrainingResult, TrainingResult> Spoil { get; set; } = static result => result;

    /// <summary>What becomes of a state before it is handed in; null for one that never is.</summary>
    public Func<ReadOnlyMemory<byte>, byte[]?> SpoilState { get; set; } = static state => state.ToArray();

    public IReadOnlyList<NodeView> Nodes =>
    [
        new NodeView(
            Name, Guid.Empty, IsThere ? NodeStanding.There : NodeStanding.Silent, "cpu", 1, [], "dkl", "managed/1", 1,
            DateTimeOffset.UnixEpoch),
    ];

    public BrokerView Broker { get; } = new(
        "amqp://localhost", true, DateTimeOffset.UnixEpoch, null, 1, 0, 0, ImmutableDictionary<string, long>.Empty);

    public Task<TrainingResult> TrainAsync(TrainingJob job, TimeSpan patience, CancellationToken cancellationToken)
    {
        Jobs.Add(job);
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsThere)
        {
            throw new TrainersUnavailableException("No node took it.");
        }

        shelf.TryGet(ContentHash.Parse(job.Image), out _).Should().BeTrue("the image is lent while the job waits");
        TrainedModel model = engine.Train(
            new TrainingRequest(job.Version, job.Observations, WarmStartOf(job), job.Seed), cancellationToken);
        string hash = new('0', 64);
        if (SpoilState(model.State.Content) is { } content)
        {
            var of = ContentHash.Of(content);
            shelf.HandIn(of, content);
            hash = of.Hex;
        }

        return Task.FromResult(Spoil(new TrainingResult(
            1, job.JobId, job.Experiment, job.Version, Name, engine.Identity, TimeSpan.FromSeconds(1),
            JobOutcome.Trained,
            new StoredState(model.State.Engine, job.Version, hash, model.State.Content.Length), model.Report, null)));
    }

    public Task ForgetAsync(string experiment) => Task.CompletedTask;

    private ModelState? WarmStartOf(TrainingJob job)
    {
        if (job.WarmStart is not { } warm)
        {
            return null;
        }

        shelf.TryGet(ContentHash.Parse(warm.Hash), out ReadOnlyMemory<byte> content).Should().BeTrue("it is lent");
        return new ModelState(warm.Engine, warm.Version, content);
    }
}
