using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Support.Broker;
using DklActors.Support.Lines;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Faults;

/// <summary>A broker that dies, and a daemon that is cut off from it.</summary>
[Collection(SharedBroker.Collection)]
public sealed class LostBrokerTests(SharedBroker shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [BrokerFact]
    public async Task A_broker_that_is_killed_and_started_again_loses_no_job_and_no_result()
    {
        await using var broker = new RabbitServer();
        await broker.InitializeAsync();
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: false);
        await world.StartNodeAsync("steady", engines);
        TrainingJob runs = Jobs.Of(world, "runs"), waits = Jobs.Of(world, "waits");
        Task<TrainingResult> running = world.Daemon.TrainAsync(runs, Patience, CancellationToken.None);
        await world.UntilHeldAsync("steady", runs.JobId);
        Task<TrainingResult> waiting = world.Daemon.TrainAsync(waits, Patience, CancellationToken.None);
        await world.UntilAsync(() => world.Daemon.Broker.Published == 2, "both are published");

        await broker.KillAsync();
        await world.UntilAsync(() => !world.Daemon.Broker.IsConnected, "the daemon sees that it is gone");
        world.Daemon.Broker.Reason.Should().NotBeNullOrEmpty();
        engines.Open();
        await broker.StartAsync();

        (await running).Outcome.Should().Be(JobOutcome.Trained);
        (await waiting).Outcome.Should().Be(JobOutcome.Trained);
        engines.Began.Should().HaveCount(2, "the one that ran is not trained a second time");
        world.Daemon.Broker.Connections.Should().Be(2);
    }

    [BrokerFact]
    public async Task A_daemon_that_is_cut_off_says_so_within_its_patience_and_returns_by_itself()
    {
        await using var line = new CuttableLine(shared.Port);
        await using TrainerWorld world = await TrainerWorld.StartAsync($"amqp://127.0.0.1:{line.Port}");
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("beyond", engines, url: shared.Url);
        line.Cut();
        await world.UntilAsync(() => !world.Daemon.Broker.IsConnected, "the daemon sees that it is cut off");

        Func<Task> train = () => world.Daemon.TrainAsync(
            Jobs.Of(world), TimeSpan.FromSeconds(1), CancellationToken.None);

        (await train.Should().ThrowAsync<TrainersUnavailableException>())
            .WithMessage($"No broker to train model 1: *{line.Port} did not take a message within 1 s*");
        line.Mend();
        (await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None)).Outcome
            .Should().Be(JobOutcome.Trained);
    }

    [BrokerFact]
    public async Task A_daemon_that_is_cut_off_while_it_waits_has_the_result_when_it_is_back()
    {
        await using var line = new CuttableLine(shared.Port);
        await using TrainerWorld world = await TrainerWorld.StartAsync($"amqp://127.0.0.1:{line.Port}");
        using var engines = new StandInEngines(isOpen: false);
        await world.StartNodeAsync("beyond", engines, url: shared.Url);
        TrainingJob job = Jobs.Of(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("beyond", job.JobId);

        line.Cut();
        engines.Open();
        await world.UntilAsync(() => !world.Daemon.Broker.IsConnected, "the daemon sees that it is cut off");
        line.Mend();

        (await training).Outcome.Should().Be(JobOutcome.Trained);
        engines.Began.Should().ContainSingle();
    }
}
