using DklActors.Host.Trainers.Wire;
using DklActors.Support.Broker;
using DklActors.Trainers.Tests.Node;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Faults;

/// <summary>Contents that are damaged on the way, and a node without room for them.</summary>
[Collection(SharedBroker.Collection)]
public sealed class ContentTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [BrokerFact]
    public async Task A_node_whose_disk_is_full_trains_all_the_same()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("full", engines, files: new FullDisk { IsFull = true });

        TrainingResult result = await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
        Directory.GetFiles(Path.Combine(world.Folder, "cache", "full"), "*", SearchOption.AllDirectories)
            .Should().BeEmpty();
    }

    [BrokerFact]
    public async Task A_content_that_is_damaged_on_its_way_is_fetched_again()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("careful", engines);
        world.Contents.Damaged = 2;

        TrainingResult result = await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
        world.Contents.Asked.Should().HaveCount(3);
    }

    [BrokerFact]
    public async Task A_content_that_stays_damaged_is_no_failure_of_the_training_and_others_go_on()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("careful", engines);
        world.Contents.Damaged = 4;

        TrainingResult result = await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Refused);
        result.Reason.Should().Contain("with another hash").And.Contain("careful");
        using var others = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("lucky", others);
        TrainingResult next = await world.Daemon.TrainAsync(
            Jobs.Of(world, version: 2), Patience, CancellationToken.None);
        next.Outcome.Should().Be(JobOutcome.Trained);
        next.Node.Should().Be("lucky", "the other one lets others go first for a while");
    }
}
