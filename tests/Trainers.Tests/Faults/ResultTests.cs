using DklActors.Host.Trainers.Broker;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Messages.Scalars;
using DklActors.Support.Broker;
using DklActors.Trainers.Tests.Nodes;

namespace DklActors.Trainers.Tests.Faults;

/// <summary>Results that are forged, impossible, or come twice.</summary>
[Collection(SharedBroker.Collection)]
public sealed class ResultTests(SharedBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Forgeries => new()
    {
        { "none", "" },
        { "that of somebody without the token", new string('0', 64) },
        { "no signature at all", "not hexadecimal" },
    };

    [BrokerTheory]
    [MemberData(nameof(Forgeries))]
    public async Task A_result_with_a_wrong_signature_is_dropped_and_counted_and_the_right_one_is_waited_for(
        string what, string signature)
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await using HandNode node = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);
        TrainingJob job = await node.TakeAsync();
        TrainingResult right = HandNode.ResultOf(job);

        await node.AnswerAsync(job, right with { Node = "forged" }, signature);
        await world.UntilAsync(() => world.Daemon.Broker.Ignored.Count > 0, $"a signature that is {what} is counted");
        training.IsCompleted.Should().BeFalse();
        await node.AnswerAsync(job, right);

        (await training).Should().Be(right);
        world.Daemon.Broker.Ignored.Should().Equal(
            new Dictionary<string, long> { ["a result with a wrong signature"] = 1 });
    }

    public static TheoryData<string, string> Impossible => new()
    {
        { "no state", "names no state" },
        { "no number as loss", "its loss is NaN" },
        { "another version", "its state is of model 7, not 1" },
        { "another model", "it is of model 9 of run-1, not of model 1" },
        { "no hash", "is no content hash" },
        { "an empty state", "its state has 0 bytes" },
    };

    [BrokerTheory]
    [MemberData(nameof(Impossible))]
    public async Task A_result_that_cannot_be_counts_as_a_refusal_that_says_why(string what, string problem)
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await using HandNode node = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);
        TrainingJob job = await node.TakeAsync();
        TrainingResult right = HandNode.ResultOf(job);

        await node.AnswerAsync(job, what switch
        {
            "no state" => right with { State = null },
            "no number as loss" => right with { Report = right.Report! with { Loss = double.NaN } },
            "another version" => right with { State = right.State! with { Version = 7 } },
            "another model" => right with { Version = 9 },
            "no hash" => right with { State = right.State! with { Hash = "../../etc" } },
            _ => right with { State = right.State! with { Bytes = 0 } },
        });

        TrainingResult result = await training;
        result.Outcome.Should().Be(JobOutcome.Refused);
        result.State.Should().BeNull();
        result.Reason.Should().Contain("hand").And.Contain(problem);
    }

    [BrokerFact]
    public async Task Of_two_results_the_second_is_ignored()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await using HandNode node = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);
        TrainingJob job = await node.TakeAsync();
        TrainingResult right = HandNode.ResultOf(job);

        await node.AnswerAsync(job, right);
        await node.AnswerAsync(job, right with { Node = "late" });

        (await training).Node.Should().Be("hand");
        await world.UntilAsync(() => world.Daemon.Broker.Ignored.Values.Sum() == 1, "the second one is counted");
    }

    [BrokerFact]
    public async Task A_job_that_comes_twice_is_trained_once_and_answered_twice()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        using var engines = new StandInEngines(isOpen: false);
        await world.StartNodeAsync("wide", engines, capacity: 2);
        await using HandNode hand = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        TrainingJob job = Jobs.Of(world);
        Task<TrainingResult> training = world.Daemon.TrainAsync(job, Patience, CancellationToken.None);
        await world.UntilHeldAsync("wide", job.JobId);
        TrainingJob again = job with
        {
            Protocol = TrainerProtocol.Version,
            Daemon = world.DaemonName,
            Software = TrainerWorld.Software,
            Attempt = 2,
        };

        // While it runs, and after it.
        await hand.RepeatAsync(again);
        engines.Open();
        (await training).Outcome.Should().Be(JobOutcome.Trained);
        await hand.RepeatAsync(again);

        await world.UntilAsync(
            () => world.Daemon.Broker.Ignored.Values.Sum() == 2, "both other answers are ignored");
        engines.Began.Should().ContainSingle();
    }

    [BrokerFact]
    public async Task Rubbish_in_the_queues_is_counted_and_harms_nothing()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await world.StartProcessAsync("sturdy");
        await using HandNode node = await HandNode.ConnectAsync(broker.ConnectAsync(), world);
        var seal = new MessageSeal(world.Token);
        byte[] rubbish = [1, 2, 3];

        await node.SendAsync(TrainerTopology.ResultsOf(world.DaemonName), rubbish, "");
        await node.SendAsync(
            TrainerTopology.ResultsOf(world.DaemonName), rubbish, seal.Sign(MessageKind.Result, rubbish));
        await node.SendAsync(TrainerTopology.Tickets, rubbish, "");
        await node.SendAsync(TrainerTopology.Tickets, rubbish, seal.Sign(MessageKind.Ticket, rubbish));
        TrainingResult result =
            await world.Daemon.TrainAsync(Jobs.Of(world), Patience, CancellationToken.None);

        result.Outcome.Should().Be(JobOutcome.Trained, result.Reason);
        world.Daemon.Broker.Ignored.Should().Equal(new Dictionary<string, long>
        {
            ["a result that cannot be read"] = 1, ["a result with a wrong signature"] = 1,
        });
    }

    [BrokerFact]
    public async Task A_job_that_cannot_be_learned_from_fails_and_the_node_goes_on()
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await world.StartProcessAsync("sturdy");
        TrainingJob good = Jobs.Of(world);
        (TrainingJob Job, string Reason)[] bad =
        [
            (good with { Observations = [.. good.Observations, new Observation(3, double.NaN, 0.1)] }, "NaN"),
            (good with { Observations = [.. good.Observations, new Observation(3, 1e300, 0.1)] }, "1E+300"),
            (good with { Observations = [new Observation(1_000_000, 1, 0.1)] }, "1000000"),
            (good with { Observations = [] }, "no observation"),
            (good with { Learner = good.Learner with { Model = "guess" } }, "no learning preset 'guess'"),
            (good with { Image = world.Contents.Add(new byte[] { 1, 2 }) }, "not a stored image"),
            (good with { Patch = 99 }, "does not fit"),
            (good with { DeadlineSeconds = -1 }, "deadline"),
        ];

        foreach ((TrainingJob job, string reason) in bad)
        {
            TrainingResult failed = await world.Daemon.TrainAsync(
                job with { JobId = Guid.CreateVersion7() }, Patience, CancellationToken.None);
            failed.Outcome.Should().Be(JobOutcome.Failed, reason);
            failed.Reason.Should().Contain(reason);
        }

        (await world.Daemon.TrainAsync(good, Patience, CancellationToken.None)).Outcome
            .Should().Be(JobOutcome.Trained);
    }

    [BrokerTheory]
    [InlineData("an image that the daemon does not have", "404")]
    [InlineData("an address that would send the token in the clear", "in the clear")]
    public async Task A_node_that_cannot_have_the_contents_leaves_the_training_to_others(string what, string reason)
    {
        await using TrainerWorld world = await TrainerWorld.StartAsync(broker.Url);
        await world.StartProcessAsync("sturdy");
        TrainingJob good = Jobs.Of(world);

        TrainingResult refused = await world.Daemon.TrainAsync(
            what.StartsWith("an image", StringComparison.Ordinal)
                ? good with { Image = new string('0', 64) }
                : good with { Contents = new Uri("http://192.0.2.1:5080") },
            Patience, CancellationToken.None);

        refused.Outcome.Should().Be(JobOutcome.Refused);
        refused.Reason.Should().Contain(reason).And.Contain("sturdy");
    }
}
