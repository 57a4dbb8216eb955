using DklActors.Learning.Randomness;
using DklActors.Learning.Scoring;

namespace DklActors.Learning.Tests.Scoring;

public sealed class PredictiveShapeTests
{
    // scipy.stats.t.logpdf(x/s, v) − log s at 0, 0.5, −3 and 40, and s·ppf of half of 1 + 0.6827 and 1 + 0.9545.
    [Theory]
    [InlineData(
        2.5, 0.7, -0.6599646495217175, -0.9849696546631301, -4.373280650903023, -13.217235593028999,
        0.871020808909909, 2.612391351974871)]
    [InlineData(
        4.0, 0.85, -0.8183103235139513, -1.0257260680035043, -4.354413344959825, -16.614077890503108,
        0.9703826346612768, 2.43891300243452)]
    [InlineData(
        7.0, 1.3, -1.216898415038867, -1.3005484731043613, -3.479920724169207, -20.8748455368709,
        1.3997273880409673, 3.157446668417436)]
    [InlineData(
        30.0, 1.0, -0.9272703253788475, -1.055901769006621, -4.993916424624959, -62.85190796352796,
        1.0169467521862143, 2.0868443273103727)]
    public void Densities_and_half_widths_are_those_of_scipys_t(
        double degreesOfFreedom, double scale, double at0, double atHalf, double atMinus3, double at40, double half68,
        double half95)
    {
        var shape = new PredictiveShape(degreesOfFreedom, scale);
        shape.LogDensity(0.0).Should().BeApproximately(at0, 1e-12);
        shape.LogDensity(0.5).Should().BeApproximately(atHalf, 1e-12);
        shape.LogDensity(-3.0).Should().BeApproximately(atMinus3, 1e-12);
        shape.LogDensity(40.0).Should().BeApproximately(at40, 1e-11);
        shape.HalfWidth68.Should().BeApproximately(half68, 1e-7);
        shape.HalfWidth95.Should().BeApproximately(half95, 1e-7);
    }

    // scipy.stats.norm.logpdf(1.7) and ppf.
    [Fact]
    public void Without_a_tail_it_is_normal()
    {
        PredictiveShape.Normal.LogDensity(1.7).Should().BeApproximately(-2.3639385332046725, 1e-13);
        PredictiveShape.Normal.HalfWidth68.Should().BeApproximately(1.0, 1e-12);
        PredictiveShape.Normal.HalfWidth95.Should().BeApproximately(2.0, 1e-11);
        new PredictiveShape(double.PositiveInfinity, 0.5).LogDensity(0.85)
            .Should().BeApproximately(-2.3639385332046725 + Math.Log(2.0), 1e-13);
        new PredictiveShape(double.PositiveInfinity, 0.5).HalfWidth95.Should().BeApproximately(1.0, 1e-11);
    }

    [Fact]
    public void Intervals_of_the_right_shape_hold_as_much_of_a_map_as_they_say_and_normal_ones_do_not()
    {
        const int Count = 20_000;
        var shape = new PredictiveShape(4.0, 0.85);
        SeededRandom random = SeededRandom.Derive(5, RandomPurpose.SeedDesign);
        double[] mean = new double[Count], variance = new double[Count], truth = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            mean[i] = 10.0 * random.NextGaussian();
            variance[i] = 0.5 + random.NextDouble();
            truth[i] = mean[i] + (Math.Sqrt(variance[i]) * StudentDraws.Next(random, shape));
        }

        // Four binomial standard errors of 20,000 draws: 0.013 and 0.006.
        MapScore right = MapScore.Compute(mean, variance, truth, shape);
        right.Coverage68.Should().BeApproximately(0.6827, 0.013);
        right.Coverage95.Should().BeApproximately(0.9545, 0.006);

        // The density is highest, on average, under the distribution that the errors were drawn from.
        MapScore normal = MapScore.Compute(mean, variance, truth);
        normal.Coverage95.Should().BeLessThan(0.945);
        normal.Nlpd.Should().BeGreaterThan(right.Nlpd + 0.05);
        normal.Rmse.Should().Be(right.Rmse);
        MapScore.Compute(mean, variance, truth, shape with { Scale = 1.1 }).Nlpd.Should().BeGreaterThan(right.Nlpd);
    }
}
