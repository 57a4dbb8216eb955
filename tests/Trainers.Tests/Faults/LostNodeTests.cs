using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Support.Broker;
using DklActors.Support.Lines;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Faults;

/// <summary>Nodes that die, stop, or are cut off while they have a job.</summary>
[Collection(SharedBroker.Collection)]
public sealed class LostNodeTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [BrokerFact]
    public async Task A_node_that_is_killed_in_a_training_loses_nothing()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var others = new StandInEngines(isOpen: true);
        NodeProcess node = await world.StartProcessAsync("killed");
        TrainingJob job = Jobs.Long(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("killed", job.JobId);
        await world.StartNodeAsync("other", others);

        await node.KillAsync();

        TrainingResult result = await training;
        result.Node.Should().Be("other");
        result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
    }

    [BrokerFact]
    public async Task A_node_that_dies_between_its_result_and_its_acknowledgement_is_answered_for_once()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: true);
        TrainingJob job = Jobs.Of(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await using (HandNode dies = await HandNode.ConnectAsync(broker.ConnectAsync(), world))
        {
            TrainingJob taken = await dies.TakeAsync();
            await dies.AnswerAsync(taken, HandNode.ResultOf(taken));
        }

        (await training).Node.Should().Be("hand");

        // The broker gives the job out again, and what comes of it is nobody's.
        await world.StartNodeAsync("other", engines);
        await world.UntilAsync(
            () => world.Daemon.Broker.Ignored.GetValueOrDefault("a result that came too late") == 1,
            "the second result is ignored");
        (await world.Daemon.TrainAsync(Jobs.Of(world, version: 2), Patience, CancellationToken.None)).Node
            .Should().Be("other");
    }

    [BrokerFact]
    public async Task A_node_that_is_stopped_is_given_up_after_three_beats_and_another_one_trains()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var others = new StandInEngines(isOpen: true);
        NodeProcess node = await world.StartProcessAsync("stopped");
        TrainingJob job = Jobs.Long(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("stopped", job.JobId);
        await node.SignalAsync("STOP");
        await world.StartNodeAsync("other", others);

        TrainingResult result = await training;

        result.Node.Should().Be("other");
        world.Daemon.Nodes.Single(view => view.Name == "stopped").Standing.Should().Be(NodeStanding.Silent);
        await node.SignalAsync("CONT");
        await world.UntilThereAsync("stopped", () => node.Text);
        await world.UntilAsync(
            () => world.Daemon.Nodes.Single(view => view.Name == "stopped").Jobs.IsEmpty,
            "the one that was stopped is free again", () => node.Text);
    }

    [BrokerFact]
    public async Task A_node_behind_a_dead_line_is_given_up_and_comes_back_by_itself()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await using var line = new CuttableLine(broker.Port);
        using var far = new StandInEngines(isOpen: false);
        using var near = new StandInEngines(isOpen: true);
        await world.StartNodeAsync("far", far, url: $"amqp://127.0.0.1:{line.Port}");
        TrainingJob job = Jobs.Of(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("far", job.JobId);
        line.GoDead();
        await world.StartNodeAsync("near", near);

        (await training).Node.Should().Be("near");

        line.Cut();
        line.Revive();
        line.Mend();
        far.Open();
        await world.UntilThereAsync("far");
    }

    [BrokerFact]
    public async Task A_job_that_ends_three_nodes_is_poison_and_no_fourth_node_gets_it()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        TrainingJob job = Jobs.Long(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        foreach (string name in new[] { "first", "second", "third" })
        {
            NodeProcess node = await world.StartProcessAsync(name);
            await world.UntilHeldAsync(name, job.JobId);
            await node.KillAsync();
        }

        TrainingResult result = await training;

        result.Outcome.Should().Be(JobOutcome.Failed);
        result.Reason.Should().StartWith("The job is poison");
        await world.StartProcessAsync("fourth");
        TrainingJob next = Jobs.Of(world, version: 2);
        (await world.Daemon.TrainAsync(next, Patience, CancellationToken.None)).Node.Should().Be("fourth");
    }

    [BrokerFact]
    public async Task Three_nodes_that_fall_silent_one_after_the_other_make_a_job_poison_too()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        Task<TrainingResult> training = world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);
        await using HandNode silent = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        for (int beat = 1; beat <= 3; beat++)
        {
            TrainingJob job = await silent.TakeAsync();
            job.Attempt.Should().Be(beat);
            await silent.BeatAsync(job, beat);
        }

        TrainingResult result = await training;

        result.Outcome.Should().Be(JobOutcome.Failed);
        result.Reason.Should().Contain("poison").And.Contain("3 nodes were lost").And.Contain("hand");
    }
}
