using System.Collections.Concurrent;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Support.Broker;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Training;

/// <summary>Which job is trained when, and which is not.</summary>
[Collection(SharedBroker.Collection)]
public sealed class OrderTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [BrokerFact]
    public async Task A_job_that_is_cancelled_ends_on_its_node_which_is_then_free()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: false);
        await world.StartNodeAsync("busy", engines);
        using var unwanted = new CancellationTokenSource();
        TrainingJob first = Jobs.Of(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(first, Patience, unwanted.Token);
        await world.UntilHeldAsync("busy", first.JobId);
        await world.UntilAsync(() => !engines.Began.IsEmpty, "the engine trains");

        await unwanted.CancelAsync();

        await training.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        await world.UntilAsync(() => engines.Cancelled == 1, "the engine is told");
        engines.Open();
        (await world.Daemon.TrainAsync(Jobs.Of(world, version: 2), Patience, CancellationToken.None)).Version
            .Should().Be(2);
        engines.Began.Should().Equal(1, 2);
    }

    [BrokerFact]
    public async Task A_job_that_is_cancelled_while_it_waits_is_never_begun()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        using var unwanted = new CancellationTokenSource();
        Task<TrainingResult> first = world.Daemon.TrainAsync(Jobs.Of(world), Patience, unwanted.Token);
        await world.UntilAsync(() => world.Daemon.Broker.Published == 1, "it is published");
        await unwanted.CancelAsync();
        await first.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        Task<TrainingResult> second =
            world.Daemon.TrainAsync(Jobs.Of(world, version: 2), Patience, CancellationToken.None);

        await world.StartNodeAsync("late", engines);

        (await second).Version.Should().Be(2);
        engines.Began.Should().Equal(2);
    }

    [BrokerFact]
    public async Task Five_experiments_share_two_nodes_fairly()
    {
        const int Rounds = 6;
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        var done = new ConcurrentQueue<int>();
        using var engines = new StandInEngines(isOpen: true);
        Task[] experiments = [.. Enumerable.Range(0, 5).Select(RunAsync)];
        await world.UntilAsync(() => world.Daemon.Broker.Published == 5, "all wait");
        await world.StartNodeAsync("one", engines);
        await world.StartNodeAsync("two", engines);

        await Task.WhenAll(experiments);

        int[] counts = new int[5];
        foreach (int experiment in done)
        {
            counts[experiment]++;
            (counts.Max() - counts.Min()).Should().BeLessThanOrEqualTo(2, string.Join(' ', done));
        }

        world.Daemon.Nodes.Should().HaveCount(2);

        async Task RunAsync(int experiment)
        {
            for (int version = 1; version <= Rounds; version++)
            {
                await world.Daemon.TrainAsync(
                    Jobs.Of(world, $"run-{experiment}", version), Patience, CancellationToken.None);
                done.Enqueue(experiment);
            }
        }
    }

    [BrokerFact]
    public async Task A_node_that_is_told_to_end_finishes_what_it_has_and_takes_no_more()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        NodeProcess node = await world.StartProcessAsync("leaves");
        TrainingJob job = Jobs.Of(world, observations: 200, model: "atomai", epochs: 200);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("leaves", job.JobId);

        await node.SignalAsync("TERM");

        (await training).Node.Should().Be("leaves");
        await node.EndAsync(Patience);
        node.ExitCode.Should().Be(0, node.Text);
        await world.UntilAsync(
            () => world.Daemon.Nodes.Single().Standing == NodeStanding.Left, "it said goodbye", () => node.Text);
        Func<Task> next = () => world.Daemon.TrainAsync(
            Jobs.Of(world, version: 2), TimeSpan.FromSeconds(1), CancellationToken.None);
        await next.Should().ThrowAsync<TrainersUnavailableException>();
    }

    [BrokerFact]
    public async Task What_a_leaving_node_cannot_finish_in_time_goes_to_another_one()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        NodeProcess node = await world.StartProcessAsync("leaves", null, "--drain", "0s");
        TrainingJob job = Jobs.Long(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("leaves", job.JobId);
        await node.SignalAsync("TERM");
        await world.StartNodeAsync("stays", engines);

        TrainingResult result = await training;

        result.Node.Should().Be("stays");
        await node.EndAsync(Patience);
        node.ExitCode.Should().Be(0, node.Text);
        node.Text.Should().Contain("back");
        world.Daemon.Broker.Published.Should().Be(1, "it was given back, not lost");
    }

    [BrokerFact]
    public async Task A_node_of_two_places_trains_two_jobs_at_a_time()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: false);
        await world.StartNodeAsync("wide", engines, capacity: 2);
        Task<TrainingResult>[] trainings =
        [
            .. Enumerable.Range(1, 3).Select(i => world.Daemon.TrainAsync(
                Jobs.Of(world, $"run-{i}"), Patience, CancellationToken.None)),
        ];

        await world.UntilAsync(() => world.Daemon.Nodes.Single().Jobs.Length == 2, "two run");
        await world.UntilAsync(() => engines.Began.Count == 2, "both are trained, and no third one");
        engines.Open();

        (await Task.WhenAll(trainings)).Should().OnlyContain(result => result.Outcome == JobOutcome.Trained);
    }

    [BrokerFact]
    public async Task An_experiment_that_is_over_leaves_no_queue()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("any", engines);
        await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        await world.Daemon.ForgetAsync("run-1");

        await using RabbitMQ.Client.IConnection connection = await broker.ConnectAsync();
        await using RabbitMQ.Client.IChannel channel = await connection.CreateChannelAsync();
        Func<Task> look = () => channel.QueueDeclarePassiveAsync(
            Host.Trainers.Broker.TrainerTopology.JobsOf(world.DaemonName, "run-1"));
        await look.Should().ThrowAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>();
        (await world.Daemon.TrainAsync(Jobs.Of(world, version: 2), Patience, CancellationToken.None)).Outcome
            .Should().Be(JobOutcome.Trained, "it may come back all the same");
    }
}
