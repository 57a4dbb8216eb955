using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Tests.Training;

/// <summary>Trainings that leave the machine.</summary>
public sealed class SentTrainingTests
{
    [Fact]
    public async Task Each_is_durable_before_it_leaves_and_its_model_says_who_trained_it()
    {
        await using var laboratory = new Laboratory();
        List<Sent> sent = [];
        Func<CandidateSet, IDklEngine> create = laboratory.CreateEngine;
        laboratory.CreateEngine = candidates => new Sender(create(candidates), (job, request) => sent.Add(new Sent(
            job, request, [.. laboratory.Diary.Events.Select(static stored => stored.Event).OfType<TrainingSent>()])));
        ExperimentOutcome outcome = await laboratory.RunPlannedByModelAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        sent.Should().NotBeEmpty();
        foreach ((Guid job, TrainingRequest request, IReadOnlyList<TrainingSent> recorded) in sent)
        {
            recorded.Should().ContainSingle(one => one.Job == job).Which.Should().Be(new TrainingSent(
                job, request.Version, request.Observations.Length, request.WarmStart?.Version ?? 0, request.Seed));
        }

        ModelTrained[] models =
            [.. laboratory.Diary.Events.Select(static stored => stored.Event).OfType<ModelTrained>()];
        models.Should().NotBeEmpty();
        models.Select(static model => model.Trainer).Should().AllBeEquivalentTo(Sender.Elsewhere);
    }

    [Fact]
    public async Task One_that_fails_away_is_told_as_one_that_fails_here()
    {
        await using var laboratory = new Laboratory();
        int asked = 0;
        Func<CandidateSet, IDklEngine> create = laboratory.CreateEngine;
        laboratory.CreateEngine = candidates => new Sender(create(candidates), (_, _) =>
        {
            if (++asked == 2)
            {
                throw new TrainingFailedException("diverged on node gpu-1");
            }
        });
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        laboratory.Diary.Events.Select(static stored => stored.Event).OfType<TrainingFailed>()
            .Should().ContainSingle(static failed => failed.Reason == "diverged on node gpu-1");
    }

    private sealed record Sent(Guid Job, TrainingRequest Request, IReadOnlyList<TrainingSent> Recorded);

    private sealed class Sender(IDklEngine inner, Action<Guid, TrainingRequest> leaving) : ISendingEngine
    {
        public static readonly ModelTrainer Elsewhere = new("gpu-1", "managed/1 somewhere", null);

        private int _jobs;

        public string Identity => inner.Identity;

        public Guid NameJob(TrainingRequest request) => new(++_jobs, 0, 0, new byte[8]);

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("It was to be sent.");

        public async Task<TrainedModel> TrainAsync(
            Guid job, TrainingRequest request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            leaving(job, request);
            return inner.Train(request, cancellationToken) with { Trainer = Elsewhere };
        }

        public CandidateModel Restore(ModelState state) => inner.Restore(state);

        public CandidateModel Prior(ulong seed) => inner.Prior(seed);
    }
}
