using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>What is plugged in from outside fails in ways its contract does not allow.</summary>
public sealed class ForeignFaultTests
{
    [Fact]
    public async Task An_observer_that_throws_costs_the_run_nothing()
    {
        await using var laboratory = new Laboratory();
        ExperimentOutcome outcome = await laboratory.RunAsync(_ => laboratory.Diary.After<PointScalarized>(
            _ => throw new InvalidOperationException("a bug in a display")));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.Fault.Should().BeNull();
        laboratory.Diary.Events.Should().NotContain(stored => stored.Event is ExperimentContinued);
        laboratory.Diary.LogLines.Should().Contain(line => line.Contains("a bug in a display"));
    }

    [Fact]
    public async Task A_condition_that_cannot_be_checked_holds_exposures_back_until_it_can()
    {
        await using var laboratory = new Laboratory();
        var vacuum = new Broken();
        laboratory.Conditions.Add(vacuum);
        ExperimentOutcome outcome = await laboratory.RunAsync(
            _ => laboratory.Diary.After<SurveyRecorded>(_ => vacuum.LoseGauge()));

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        RunPaused paused = laboratory.Diary.Events.Select(stored => stored.Event).OfType<RunPaused>().First();
        paused.By.Should().Be("vacuum");
        paused.Reason.Should().Contain("gauge is gone");
    }

    [Fact]
    public async Task A_scalar_that_is_not_a_number_is_recorded_as_bad_whatever_the_scalarizer_says()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scalarizer = new Careless(laboratory.Scalarizer, notANumberAt: 7);
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Usable.Should().HaveCount(11);
        outcome.State.Points.Values.Should().ContainSingle(point => point.Scalar!.Quality == ScalarQuality.Bad);
    }

    [Fact]
    public async Task Scores_that_are_not_numbers_are_survived_by_filling_space()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with
        {
            Plan = laboratory.Settings.Plan with { Acquisition = new NotANumber() },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        outcome.State.Measured.Should().Be(12, "there are a thousand candidates left");
        outcome.State.Points.Values.Should().Contain(point => point.Basis.Reason == PlanningReason.SpaceFilling);
    }

    [Fact]
    public async Task A_detector_that_reads_out_nothing_costs_an_attempt_and_not_the_run()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scope = new FaultyMicroscope(laboratory.Microscope)
        {
            OnReadOut = (lease, frame) => lease is { Point.Value: 3, Attempt: 1 } ? null! : frame,
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Completed, outcome.State.EndReason);
        laboratory.Diary.Events.Select(stored => stored.Event).OfType<ExposureFailed>()
            .Should().ContainSingle().Which.ChargedElectrons.Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task A_frame_that_cannot_be_read_back_ends_a_continued_run_with_its_name()
    {
        await using var laboratory = new Laboratory();
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events[0] is PointScalarized { Point.Value: 4 }
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        await laboratory.RunAsync();
        string hash = laboratory.Diary.LiveState.Points.Values
            .Single(point => point.Id.Value == 4).Frame!.FrameHash;
        laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnReadContent = content =>
            {
                if (content.Hex == hash)
                {
                    throw new JournalDamagedException($"Content {content} is damaged.");
                }
            },
        };
        ExperimentOutcome outcome = await laboratory.RunAsync();

        outcome.State.Run.Should().Be(RunState.Failed);
        outcome.State.EndReason.Should().Contain(hash);
    }

    [Fact]
    public async Task A_completed_run_whose_model_cannot_be_conditioned_any_more_is_shown_without_a_map()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync();
        Func<Learning.Candidates.CandidateSet, IDklEngine> create = laboratory.CreateEngine;
        laboratory.CreateEngine = candidates => new Spoiling(create(candidates));
        ExperimentOutcome again = await laboratory.RunAsync();

        again.State.Run.Should().Be(RunState.Completed);
        laboratory.Diary.Posterior.Should().BeNull();
    }

    [Fact]
    public async Task A_completed_run_is_not_shown_under_another_recipe()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync();
        laboratory.Settings = laboratory.Settings with { RecipeHash = new string('b', 64) };
        ExperimentOutcome again = await laboratory.RunAsync();

        again.Fault.Should().Contain("another recipe");
    }

    private sealed class Broken : ISuspender
    {
        private int _lost;

        public string Name => "vacuum";

        public void LoseGauge() => Volatile.Write(ref _lost, 1);

        public string? Check() => Interlocked.Exchange(ref _lost, 0) == 1
            ? throw new InvalidOperationException("the gauge is gone")
            : null;
    }

    private sealed class Careless(IScalarizer inner, int notANumberAt) : IScalarizer
    {
        private int _calls;

        public string Identity => inner.Identity;

        public string Unit => inner.Unit;

        public ScalarResult Evaluate(in Measurement measurement) => ++_calls == notANumberAt
            ? new ScalarResult(double.NaN, 0, ScalarQuality.Good)
            : inner.Evaluate(in measurement);
    }

    private sealed class NotANumber : IAcquisitionFunction
    {
        public string Identity => "not-a-number/1";

        public void Score(AcquisitionInput input, Span<double> scores) => scores.Fill(double.NaN);
    }

    private sealed class Spoiling(IDklEngine inner) : IDklEngine
    {
        public string Identity => inner.Identity;

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
            inner.Train(request, cancellationToken);

        public CandidateModel Restore(ModelState state)
        {
            var model = (ProcessModel)inner.Restore(state);
            return new ProcessModel(
                model.Version,
                model.Dimension,
                model.Embeddings,
                model.Kernel with { Terms = [new KernelTerm(0, model.Dimension, double.NaN)] },
                model.Scaling);
        }

        public CandidateModel Prior(ulong seed) => inner.Prior(seed);
    }
}
