using DklActors.Learning.Acquisition;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class AcquisitionTests
{
    private const int Count = 300;

    private static readonly Posterior Posterior = Posterior.Condition(
        Scenes.Model(Count, 2, KernelKind.Matern52), Scenes.RandomObservations(Count, 10));

    // Numbers by scipy.stats.norm, and by mpmath at 60 digits where x < −1.
    [Theory]
    [InlineData(0.4, 0.6304388369474530)]
    [InlineData(-3.0, 0.0003821543170477236)]
    [InlineData(-4.5, 6.9421204562020263e-7)]
    [InlineData(-10.0, 7.474560254589328e-25)]
    [InlineData(-30.0, 1.6319567340914012e-199)]
    public void The_expected_positive_part_keeps_its_digits_far_in_the_tail(double x, double expected) =>
        NormalDistribution.ExpectedPositivePart(x).Should().BeApproximately(expected, 1e-11 * expected);

    [Theory]
    [InlineData(GoalKind.Maximise, 0.0)]
    [InlineData(GoalKind.Maximise, 4.0)]
    [InlineData(GoalKind.Minimise, 1.5)]
    public void Expected_improvement_is_the_integral_over_improvements(GoalKind kind, double xi)
    {
        Goal goal = kind == GoalKind.Maximise ? Goal.Maximise : Goal.Minimise;
        double[] scores = Scores(new ExpectedImprovement(xi / Posterior.Model.Scaling.Scale), goal, best: 52.0);
        for (int c = 0; c < Count; c += 29)
        {
            double mean = Posterior.Mean[c], deviation = Math.Sqrt(Posterior.Variance[c]);
            double sign = goal == Goal.Maximise ? 1.0 : -1.0;
            // Midpoint rule over ±9 deviations.
            double sum = 0.0, step = 1e-3;
            for (double z = -9.0 + (0.5 * step); z < 9.0; z += step)
            {
                double improvement = (sign * (mean + (deviation * z) - 52.0)) - xi;
                sum += Math.Max(improvement, 0.0) * Math.Exp(-0.5 * z * z) / Math.Sqrt(2.0 * Math.PI) * step;
            }

            scores[c].Should().BeApproximately(sum, 1e-5 * (1.0 + sum));
        }
    }

    [Fact]
    public void A_certain_candidate_improves_by_exactly_its_improvement()
    {
        var model = Scenes.Model(40, 2, KernelKind.Rbf, noise: 0.0);
        var certain = Posterior.Condition(model, [new(3, 80.0, 0.0), new(8, 20.0, 0.0)]).With(new(3, 80.0, 0.0));
        double[] scores = new double[40];
        new ExpectedImprovement().Score(new AcquisitionInput(certain, 50.0, Goal.Maximise, 1), scores);
        scores[3].Should().BeApproximately(30.0, 1e-3);
        scores.Should().OnlyContain(score => double.IsFinite(score) && score >= 0.0);
    }

    [Fact]
    public void Upper_confidence_bound_is_mean_plus_beta_deviations_and_mirrors_for_a_minimum()
    {
        double[] up = Scores(new UpperConfidenceBound(1.5), Goal.Maximise, 0.0);
        double[] down = Scores(new UpperConfidenceBound(1.5), Goal.Minimise, 0.0);
        for (int c = 0; c < Count; c++)
        {
            double mean = Posterior.Mean[c], deviation = Math.Sqrt(Posterior.Variance[c]);
            up[c].Should().BeApproximately(mean + (1.5 * deviation), 1e-12);
            down[c].Should().BeApproximately(-mean + (1.5 * deviation), 1e-12);
        }
    }

    [Fact]
    public void Maximum_uncertainty_chooses_the_greatest_variance()
    {
        double[] scores = Scores(new MaximumUncertainty(), Goal.Minimise, 0.0);
        int greatest = Array.IndexOf(Posterior.Variance.ToArray(), Posterior.Variance.ToArray().Max());
        NextPoint.Choose(scores, []).Should().Be(greatest);
        scores[greatest].Should().BeApproximately(Math.Sqrt(Posterior.Variance[greatest]), 1e-12);
    }

    [Fact]
    public void A_thompson_draw_is_the_samplers_and_turns_for_a_minimum()
    {
        double[] draw = new double[Count];
        Posterior.Draw(77, 256, draw);
        Scores(new ThompsonSampling(256), Goal.Maximise, 0.0).Should().Equal(draw);
        Scores(new ThompsonSampling(256), Goal.Minimise, 0.0).Should().Equal(draw.Select(value => -value));
    }

    [Fact]
    public void Random_scores_follow_the_seed()
    {
        double[] scores = Scores(new RandomAcquisition(), Goal.Maximise, 0.0);
        scores.Should().Equal(Scores(new RandomAcquisition(), Goal.Minimise, 9.0));
        scores.Should().OnlyHaveUniqueItems().And.OnlyContain(score => score >= 0.0 && score < 1.0);
        scores.Average().Should().BeApproximately(0.5, 5.0 / Math.Sqrt(12.0 * Count));
    }

    private static double[] Scores(IAcquisitionFunction function, Goal goal, double best)
    {
        double[] scores = new double[Count];
        function.Score(new AcquisitionInput(Posterior, best, goal, 77), scores);
        return scores;
    }
}
