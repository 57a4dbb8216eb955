using DklActors.Learning.Acquisition;

namespace DklActors.Learning.Tests.Acquisition;

/// <summary>The closed forms against integrals over the normal distribution.</summary>
public sealed class ImprovementTests
{
    private const double Scale = 3.0;

    public static TheoryData<double, double, double, double, double> Targets => new()
    {
        // low, high, best, mean, deviation
        { 10.0, 10.0, 14.0, 11.0, 1.5 },
        { 10.0, 10.0, 14.0, 25.0, 3.0 },
        { 10.0, 12.0, 7.0, 11.5, 0.4 },
        { 10.0, 12.0, 7.0, 2.0, 2.0 },
        { 10.0, 12.0, 12.1, 10.5, 30.0 },
        { -4.0, 6.0, 6.5, 6.4, 0.2 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Expected_improvement_towards_a_target_is_the_integral_of_what_is_gained(
        double low, double high, double best, double mean, double deviation)
    {
        var goal = Goal.Hit(low, high);
        var improvement = new Improvement(goal, goal.Merit(best), 0.0, Scale);
        double expected = Integral(mean, deviation, f => Math.Max(goal.Merit(f) - goal.Merit(best), 0.0));

        improvement.Expected(mean, deviation).Should().BeApproximately(expected, (1e-5 * expected) + 1e-12);
        Math.Exp(improvement.LogExpected(mean, deviation)).Should().BeApproximately(
            expected, (1e-5 * expected) + 1e-12);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_probability_of_coming_nearer_is_the_integral_of_where_it_is_nearer(
        double low, double high, double best, double mean, double deviation)
    {
        var goal = Goal.Hit(low, high);
        var improvement = new Improvement(goal, goal.Merit(best), 0.0, Scale);
        double expected = Integral(mean, deviation, f => goal.Merit(f) > goal.Merit(best) ? 1.0 : 0.0);

        improvement.Probability(mean, deviation).Should().BeApproximately(expected, 2e-4);
    }

    [Fact]
    public void A_margin_raises_the_bar_by_its_share_of_the_deviation()
    {
        var plain = new Improvement(Goal.Maximise, 10.0 + (0.2 * Scale), 0.0, Scale);
        var margin = new Improvement(Goal.Maximise, 10.0, 0.2, Scale);
        margin.Expected(9.0, 2.0).Should().Be(plain.Expected(9.0, 2.0));
        margin.Probability(9.0, 2.0).Should().Be(plain.Probability(9.0, 2.0));
    }

    [Fact]
    public void The_logarithm_still_tells_candidates_apart_where_the_improvement_is_too_small_for_a_double()
    {
        var maximum = new Improvement(Goal.Maximise, 100.0, 0.0, Scale);
        maximum.Expected(20.0, 1.0).Should().Be(0.0);
        // By 80-digit arithmetic for x = −80.
        maximum.LogExpected(20.0, 1.0).Should().BeApproximately(-3209.683460296, 1e-5);
        maximum.LogExpected(20.5, 1.0).Should().BeGreaterThan(maximum.LogExpected(20.0, 1.0));

        var target = new Improvement(Goal.Hit(100.0, 101.0), -2.0, 0.0, Scale);
        target.Expected(20.0, 1.0).Should().Be(0.0);
        target.LogExpected(20.5, 1.0).Should().BeGreaterThan(target.LogExpected(20.0, 1.0));
        target.LogExpected(180.5, 1.0).Should().BeApproximately(target.LogExpected(20.5, 1.0), 1e-9);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-7)]
    public void A_small_reach_gives_the_density_times_the_area_of_the_triangle(double reach)
    {
        var improvement = new Improvement(Goal.Hit(10.0), -reach, 0.0, 1e-3);
        double density = Math.Exp(-0.5) / Math.Sqrt(2.0 * Math.PI) / 2.0;
        double used = Math.Max(reach, 1e-9);
        improvement.Expected(12.0, 2.0).Should().BeApproximately(density * used * used, 1e-6 * density * used * used);
    }

    [Fact]
    public void Once_the_target_is_hit_the_order_is_that_of_the_probability_to_hit_it_again()
    {
        var goal = Goal.Hit(10.0, 12.0);
        var improvement = new Improvement(goal, goal.Merit(11.0), 0.0, Scale);
        (double Mean, double Deviation)[] candidates = [(11.0, 0.5), (11.0, 2.0), (14.0, 2.0), (14.0, 0.5)];
        double[] within = [.. candidates.Select(c => Integral(
            c.Mean, c.Deviation, f => goal.Merit(f) == 0.0 ? 1.0 : 0.0))];

        double[] scores = [.. candidates.Select(c => improvement.LogExpected(c.Mean, c.Deviation))];

        scores.Should().BeInDescendingOrder();
        for (int i = 1; i < scores.Length; i++)
        {
            Math.Exp(scores[i] - scores[0]).Should().BeApproximately(within[i] / within[0], 1e-3);
        }
    }

    [Fact]
    public void What_is_certain_improves_by_exactly_what_it_improves()
    {
        var improvement = new Improvement(Goal.Hit(10.0), -4.0, 0.0, Scale);
        improvement.Expected(9.0, 0.0).Should().Be(3.0);
        improvement.LogExpected(9.0, 0.0).Should().Be(Math.Log(3.0));
        improvement.Probability(9.0, 0.0).Should().Be(1.0);
        improvement.Expected(5.0, 0.0).Should().Be(0.0);
        improvement.LogExpected(5.0, 0.0).Should().Be(double.NegativeInfinity);
        improvement.Probability(5.0, 0.0).Should().Be(0.0);
    }

    // Midpoint rule over ±12 deviations.
    private static double Integral(double mean, double deviation, Func<double, double> gain)
    {
        double sum = 0.0, step = 1e-4;
        for (double z = -12.0 + (0.5 * step); z < 12.0; z += step)
        {
            sum += gain(mean + (deviation * z)) * Math.Exp(-0.5 * z * z);
        }

        return sum * step / Math.Sqrt(2.0 * Math.PI);
    }
}
