using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Support.Broker;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Training;

/// <summary>A daemon, a broker, and a real <c>dkl trainer</c>.</summary>
[Collection(SharedBroker.Collection)]
public sealed class TrainingTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [BrokerFact]
    public async Task A_node_trains_what_the_local_engine_trains_bit_for_bit()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await world.StartProcessAsync("left");
        TrainingJob first = Jobs.Of(world, model: "default");

        TrainingResult result = await world.Daemon.TrainAsync(first, Patience, CancellationToken.None);

        TrainedModel here = Jobs.TrainHere(first);
        result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
        result.Node.Should().Be("left");
        result.Report.Should().Be(here.Report);
        result.State!.Engine.Should().Be(here.State.Engine);
        world.Contents.Contents[result.State.Hash].Should().Equal(here.State.Content.ToArray());

        // The next one starts from it.
        TrainingJob second = Jobs.Of(world, version: 2, observations: 15, model: "default") with
        {
            WarmStart = new WarmStart(result.State.Engine, 1, result.State.Hash),
        };
        TrainingResult next = await world.Daemon.TrainAsync(second, Patience, CancellationToken.None);

        world.Contents.Contents[next.State!.Hash].Should()
            .Equal(Jobs.TrainHere(second, here.State).State.Content.ToArray());
        ModelState stored = new(next.State.Engine, 2, world.Contents.Contents[next.State.Hash]);
        Host.Composition.ExperimentBuilder.LearnerOf("default", 20).CreateEngine(Jobs.Candidates).Restore(stored)
            .Version.Should().Be(2);
        world.Daemon.Broker.Ignored.Should().BeEmpty();
    }

    [BrokerFact]
    public async Task What_a_job_needs_is_fetched_once()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        NodeProcess node = await world.StartProcessAsync("once");
        await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);
        await world.Daemon.TrainAsync(Jobs.Of(world, version: 2), Patience, CancellationToken.None);
        await node.KillAsync();
        await world.StartProcessAsync("once");

        await world.Daemon.TrainAsync(Jobs.Of(world, version: 3), Patience, CancellationToken.None);

        world.Contents.Asked.Should().ContainSingle("the next process finds it in the cache");
    }

    [BrokerFact]
    public async Task Two_daemons_share_the_nodes_and_hear_of_their_own_jobs_alone()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await using TrainerNodes other = world.NewDaemon("0123456789abcdef");
        await world.StartProcessAsync("shared");
        TrainingJob ours = Jobs.Of(world), theirs = Jobs.Of(world);

        TrainingResult[] results = await Task.WhenAll(
            world.Daemon.TrainAsync(ours, Patience, CancellationToken.None),
            other.TrainAsync(theirs, Patience, CancellationToken.None));

        results.Select(result => result.JobId).Should().Equal(ours.JobId, theirs.JobId);
        world.Daemon.Broker.Ignored.Should().BeEmpty();
        other.Broker.Ignored.Should().BeEmpty();
    }

    [BrokerFact]
    public async Task Without_a_node_nobody_is_waited_for_longer_than_the_patience()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);

        Func<Task> train = () => world.Daemon.TrainAsync(
            Jobs.Of(world), TimeSpan.FromSeconds(1), CancellationToken.None);

        (await train.Should().ThrowAsync<TrainersUnavailableException>())
            .WithMessage("No node took the training of model 1 within 1 s: no node is heard.");
    }
}
