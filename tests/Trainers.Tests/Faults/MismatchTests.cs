using DklActors.Host.Trainers.Wire;
using DklActors.Support.Broker;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Faults;

/// <summary>Nodes that do not fit the daemon.</summary>
[Collection(SharedBroker.Collection)]
public sealed class MismatchTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [BrokerFact]
    public async Task A_node_of_another_version_refuses_and_names_both()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("old", engines, software: "dkl 0.0.9");

        TrainingResult result = await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Refused);
        result.Reason.Should().Contain("dkl 0.0.9").And.Contain(TrainerWorld.Software);
        engines.Began.Should().BeEmpty();
    }

    [BrokerFact]
    public async Task Where_another_node_fits_that_one_trains()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("old", engines, software: "dkl 0.0.9");
        await world.StartNodeAsync("new", engines);

        for (int version = 1; version <= 4; version++)
        {
            TrainingResult result = await world.Daemon.TrainAsync(
                Jobs.Of(world, version: version), Patience, CancellationToken.None);

            result.Node.Should().Be("new");
            result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
        }
    }

    [BrokerFact]
    public async Task An_engine_that_a_node_does_not_have_is_refused_by_name()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await world.StartProcessAsync("plain");

        TrainingResult result = await world.Daemon.TrainAsync(
            Jobs.Of(world, engine: "abacus"), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Refused);
        result.Reason.Should().Contain("abacus").And.Contain("managed").And.Contain("plain");
    }
}
