using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Daemon.Tests.Trainers;

/// <summary>Trainings that leave the machine come back as if they had not, or are done here.</summary>
public sealed class RemoteEngineTests : IDisposable
{
    private static readonly CandidateSet Candidates = MakeCandidates();
    private static readonly IDklEngine Here = MakeEngine();

    private readonly ContentShelf _shelf = new();
    private readonly StandInNodes _nodes;
    private readonly RemoteEngine _engine;
    private readonly List<string> _said = [];

    public RemoteEngineTests()
    {
        _nodes = new StandInNodes(MakeEngine(), _shelf);
        _engine = new RemoteEngine(Here, Candidates, null, new RemoteTraining(
            "run-1", new LearnerSpec("dkl", 10, "managed"), _nodes, _shelf, new Uri("http://127.0.0.1:5080"),
            TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), _said.Add));
    }

    public static TheoryData<string> Spoilings => [.. Spoiled.Keys];

    private static Dictionary<string, (Func<TrainingResult, TrainingResult>? Result,
        Func<ReadOnlyMemory<byte>, byte[]?>? State)> Spoiled { get; } = new()
    {
        ["another version"] = (static result => result with { State = result.State! with { Version = 9 } }, null),
        ["no state"] = (static result => result with { State = null }, null),
        ["no report"] = (static result => result with { Report = null }, null),
        ["a loss of NaN"] = (static result => result with
        {
            Report = result.Report! with { Loss = double.NaN },
        }, null),
        ["infinite noise"] = (static result => result with
        {
            Report = result.Report! with { NoiseDeviation = double.PositiveInfinity },
        }, null),
        ["a hash that is none"] = (static result => result with { State = result.State! with { Hash = "../x" } }, null),
        ["the state of another engine"] = (static result => result with
        {
            State = result.State! with { Engine = "other/7" },
        }, null),
        ["a state that never came"] = (null, static _ => null),
        ["a state cut short"] = (null, static state => state[..^9].ToArray()),
        ["a state with a flipped bit"] = (null, static state =>
        {
            byte[] copy = state.ToArray();
            copy[copy.Length / 2] ^= 1;
            return copy;
        }),
        ["an empty state"] = (null, static _ => []),
        ["a refusal"] = (static result => result with
        {
            Outcome = JobOutcome.Refused, State = null, Report = null, Reason = "another software",
        }, null),
        ["a superseding that nobody asked for"] = (static result => result with
        {
            Outcome = JobOutcome.Superseded, State = null, Report = null,
        }, null),
    };

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task What_a_node_trains_is_bit_for_bit_what_is_trained_here()
    {
        TrainedModel away = await _engine.TrainAsync(Guid.NewGuid(), Request(1), CancellationToken.None);
        TrainedModel here = Here.Train(Request(1), CancellationToken.None);

        away.Trainer.Should().Be(new ModelTrainer(StandInNodes.Name, Here.Identity, null));
        away.State.Content.ToArray().Should().Equal(here.State.Content.ToArray());
        away.Report.Should().Be(here.Report);
        TrainedModel next = await _engine.TrainAsync(Guid.NewGuid(), Request(2, away.State), CancellationToken.None);
        next.State.Content.ToArray().Should().Equal(
            Here.Train(Request(2, here.State), CancellationToken.None).State.Content.ToArray());
        _nodes.Jobs.Should().HaveCount(2);
        _nodes.Jobs[1].WarmStart!.Version.Should().Be(1);
        _said.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Spoilings))]
    public async Task What_cannot_be_used_is_told_and_trained_here(string what)
    {
        (Func<TrainingResult, TrainingResult>? result, Func<ReadOnlyMemory<byte>, byte[]?>? state) = Spoiled[what];
        _nodes.Spoil = result ?? _nodes.Spoil;
        _nodes.SpoilState = state ?? _nodes.SpoilState;

        TrainedModel model = await _engine.TrainAsync(Guid.NewGuid(), Request(1), CancellationToken.None);

        model.Trainer!.Node.Should().BeNull();
        model.Trainer.Engine.Should().Be(Here.Identity);
        model.Trainer.Fallback.Should().NotBeNullOrWhiteSpace();
        model.State.Content.ToArray().Should().Equal(
            Here.Train(Request(1), CancellationToken.None).State.Content.ToArray());
        _said.Should().ContainSingle().Which.Should().Contain("run-1").And.Contain(model.Trainer.Fallback);
    }

    [Fact]
    public async Task While_no_node_is_there_none_is_waited_for_and_when_it_is_back_it_trains_again()
    {
        _nodes.IsThere = false;
        TrainedModel first = await _engine.TrainAsync(Guid.NewGuid(), Request(1), CancellationToken.None);
        TrainedModel second = await _engine.TrainAsync(Guid.NewGuid(), Request(2), CancellationToken.None);

        first.Trainer!.Fallback.Should().Be("No node took it.");
        second.Trainer!.Fallback.Should().Be("No trainer node has been there since model 1.");
        _said.Should().ContainSingle("a run of a thousand models is not told of a thousand times");
        _nodes.Jobs.Should().ContainSingle("the second would have waited in vain");
        _nodes.IsThere = true;
        TrainedModel third = await _engine.TrainAsync(Guid.NewGuid(), Request(3), CancellationToken.None);
        third.Trainer!.Node.Should().Be(StandInNodes.Name);
        _said.Should().HaveCount(2).And.Subject.Last().Should().Contain("again");
        _nodes.IsThere = false;
        await _engine.TrainAsync(Guid.NewGuid(), Request(4), CancellationToken.None);
        _nodes.Jobs.Should().HaveCount(3, "one that was there is waited for once");
    }

    [Fact]
    public async Task What_would_fail_here_too_fails()
    {
        _nodes.Spoil = static result => result with
        {
            Outcome = JobOutcome.Failed, State = null, Report = null, Reason = "it diverged",
        };
        Func<Task> train = () => _engine.TrainAsync(Guid.NewGuid(), Request(1), CancellationToken.None);

        await train.Should().ThrowAsync<TrainingFailedException>().WithMessage("it diverged*gpu-1*");
    }

    [Fact]
    public async Task Nothing_is_trained_for_who_does_not_want_it_any_more()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Func<Task> train = () => _engine.TrainAsync(Guid.NewGuid(), Request(1), cancelled.Token);

        await train.Should().ThrowAsync<OperationCanceledException>();
        _said.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_stays_lent_when_the_run_is_over()
    {
        TrainedModel model = await _engine.TrainAsync(Guid.NewGuid(), Request(1), CancellationToken.None);
        await _engine.TrainAsync(Guid.NewGuid(), Request(2, model.State), CancellationToken.None);
        TrainingJob job = _nodes.Jobs[1];

        _shelf.TryGet(Hash(job.WarmStart!.Hash), out _).Should().BeFalse("the training is over");
        _shelf.TryGet(Hash(job.Image), out _).Should().BeTrue("another may follow");
        _engine.Dispose();
        _shelf.TryGet(Hash(job.Image), out _).Should().BeFalse();

        static Journal.Storage.ContentHash Hash(string hex) => Journal.Storage.ContentHash.Parse(hex);
    }

    private static TrainingRequest Request(int version, ModelState? warm = null) => new(
        version,
        [
            .. Enumerable.Range(0, 10 + version).Select(static i =>
            {
                int candidate = (i * 37) % Candidates.Count;
                return new Observation(candidate, Math.Sin(candidate * 0.05), 0.01);
            }),
        ],
        warm,
        17UL + (ulong)version);

    private static IDklEngine MakeEngine() => LearnerPresets.Create("dkl").Change(static options => options with
    {
        Threads = 1,
        Optimiser = options.Optimiser with { MaxEpochs = 10, MaxWarmEpochs = 5 },
    }).CreateEngine(Candidates);

    private static CandidateSet MakeCandidates()
    {
        var shape = new GridShape(24, 20);
        float[] values =
        [
            .. Enumerable.Range(0, shape.Count).Select(i => (float)Math.Sin(i * 0.3) + (float)Math.Cos(i / 20 * 0.7)),
        ];
        return CandidateSet.Create(new StructuralImage("haadf", shape, new Nanometre(1), values), new PatchWindow(5));
    }
}
