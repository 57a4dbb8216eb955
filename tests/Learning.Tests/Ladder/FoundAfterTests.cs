using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.Ladder;

/// <summary>When the best candidate was measured, for each goal.</summary>
public sealed class FoundAfterTests
{
    private static readonly GridShape Shape = new(16, 16);

    // Values 0 to 143, shuffled by a step that has no common divisor with their number.
    private static readonly KnownScalars Data = Known(i => i * 35 % 144);

    [Fact]
    public void The_best_is_counted_from_the_first_seed_point_and_known_at_every_later_step()
    {
        KnownScalars data = Data with { SeedPoints = [At(10), At(80), At(143), At(7)] };
        LadderStep[] steps = [.. Experiment(data, Goal.Maximise).Run(1, 4, 3, _ => true)];

        steps.Should().OnlyContain(step => step.FoundAfter == 3 && step.BestFound == 1);
    }

    [Fact]
    public void Before_the_best_is_measured_it_is_not_found()
    {
        KnownScalars data = Data with { SeedPoints = [At(10), At(80), At(142), At(7)] };
        LadderStep start = Experiment(data, Goal.Maximise).Run(1, 4, 0, _ => true).Single();

        start.FoundAfter.Should().BeNull();
        start.BestFound.Should().BeApproximately(142 / 143.0, 1e-12);
    }

    [Fact]
    public void An_experiment_that_measures_everything_finds_the_best_at_its_last_step_or_before()
    {
        LadderStep[] steps = [.. Experiment(Known(i => i % 12), Goal.Minimise).Run(1, 5, 30, _ => true)];
        int? found = steps[^1].FoundAfter;

        found.Should().NotBeNull();
        steps.Where(step => step.Steps + 5 < found).Should().OnlyContain(step => step.BestFound < 1);
        steps.Where(step => step.Steps + 5 >= found).Should().OnlyContain(step => step.BestFound == 1);
    }

    [Fact]
    public void A_target_is_found_where_it_is_hit_not_at_the_least_value()
    {
        KnownScalars data = Data with { SeedPoints = [At(0), At(80), At(100), At(7)] };
        LadderStep start = Experiment(data, Goal.Hit(100)).Run(1, 4, 0, _ => true).Single();
        LadderStep missed = Experiment(data, Goal.Hit(60)).Run(1, 4, 0, _ => true).Single();

        start.FoundAfter.Should().Be(3);
        missed.FoundAfter.Should().BeNull();
        // The nearest is 20 off, the farthest of all candidates 83.
        missed.BestFound.Should().BeApproximately(63 / 83.0, 1e-12);
    }

    [Fact]
    public void Where_every_candidate_hits_the_target_the_first_is_the_best()
    {
        LadderStep start = Experiment(Data, Goal.Hit(0, 143)).Run(1, 4, 0, _ => true).Single();

        (start.FoundAfter, start.BestFound).Should().Be((1, 1.0));
    }

    private static int At(double value) => Array.IndexOf(Data.Truth, value);

    private static SerialExperiment Experiment(KnownScalars data, Goal goal) =>
        new(data, Strategies.Named("xy-gp"), new ExpectedImprovement(), goal, TimeProvider.System);

    private static KnownScalars Known(Func<int, double> valueOf)
    {
        float[] pixels = [.. Enumerable.Range(0, Shape.Count).Select(i => (float)(i % 7))];
        var candidates = CandidateSet.Create(
            new StructuralImage("HAADF", Shape, new Nanometre(1), pixels), new PatchWindow(5));
        double[] values = [.. Enumerable.Range(0, candidates.Count).Select(valueOf)];
        return new KnownScalars(candidates, values, new double[values.Length], values);
    }
}
