using DklActors.Actors.Experiments;
using DklActors.Host.Running;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Running;

public sealed class RunRecorderTests
{
    private static readonly CandidateSet Candidates = CandidateSet.Create(
        new StructuralImage("haadf", new GridShape(9, 9), new Nanometre(1), new float[81]), new PatchWindow(3));

    [Fact]
    public async Task A_known_map_that_cannot_be_computed_costs_the_scores_and_not_the_report()
    {
        var recorder = new RunRecorder(
            Goal.Maximise, 10, _ => [], _ => throw new InvalidOperationException("a scalarizer's bug at the rim"));
        recorder.OnPrepared(Candidates);
        RunRecord record = await recorder.FinishAsync();

        record.Scorer.Should().BeNull();
        record.Candidates.Should().BeSameAs(Candidates);
        recorder.Progress().Notice.Should().Contain("a scalarizer's bug at the rim");
    }

    /// <summary>The end may take a while: a blanker that does not answer is asked once more.</summary>
    [Fact]
    public void Why_an_interlock_ended_the_run_is_said_before_it_is_over()
    {
        var recorder = new RunRecorder(Goal.Maximise, 10, _ => [], _ => null);
        recorder.OnEvent(
            new StoredEvent(
                1, "run", 1, default, 1, "experiment-interlocked", 1,
                new ExperimentInterlocked("THE BEAM COULD NOT BE BLANKED"), ContentHash.Of([])),
            ExperimentState.Empty);
        recorder.Progress().Notice.Should().Be("THE BEAM COULD NOT BE BLANKED");
    }

    [Fact]
    public void A_truth_that_is_constant_or_nowhere_a_number_gives_no_scale_to_score_by()
    {
        MapScorer.For(new KnownMap([3, 3, double.NaN, 3], IsNoiseFree: true)).Should().BeNull();
        MapScorer.For(new KnownMap([double.NaN, double.NaN], IsNoiseFree: true)).Should().BeNull();
        MapScorer.For(null).Should().BeNull();
    }
}
