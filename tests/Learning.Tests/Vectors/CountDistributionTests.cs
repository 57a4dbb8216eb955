using DklActors.Learning.Vectors;
using MathNet.Numerics.Distributions;

namespace DklActors.Learning.Tests.Vectors;

public sealed class CountDistributionTests
{
    [Theory]
    [InlineData(0.02, 1e-4, 0.6827)]
    [InlineData(0.7, 0.2, 0.6827)]
    [InlineData(3.0, 4.0, 0.9545)]
    [InlineData(25.0, 9.0, 0.6827)]
    [InlineData(25.0, 9.0, 0.9545)]
    public void Counts_as_predicted_lie_inside_just_as_often_as_claimed(double mean, double variance, double level)
    {
        // A gamma mixture of Poisson distributions is negative binomial; its probabilities by MathNet.
        double shape = mean * mean / variance;
        var counts = new NegativeBinomial(shape, shape / (shape + mean));
        double expected = Enumerable.Range(0, 200).Sum(count =>
            counts.Probability(count) * CountDistribution.ShareInside(count, mean, variance, level));
        expected.Should().BeApproximately(level, 1e-6);
    }

    [Fact]
    public void A_mean_known_for_sure_leaves_poissons_distribution()
    {
        var counts = new Poisson(2.5);
        double expected = Enumerable.Range(0, 60).Sum(count =>
            counts.Probability(count) * CountDistribution.ShareInside(count, 2.5, 0.0, 0.8));
        expected.Should().BeApproximately(0.8, 1e-6);
    }

    [Fact]
    public void Many_counts_are_normal()
    {
        CountDistribution.ShareInside(400, 400.0, 100.0, 0.68).Should().Be(1.0);
        CountDistribution.ShareInside(500, 400.0, 100.0, 0.95).Should().Be(0.0);
        CountDistribution.ShareInside(420, 400.0, 500.0, 0.68).Should().Be(1.0);
    }

    [Fact]
    public void A_count_where_none_was_expected_lies_outside()
    {
        CountDistribution.ShareInside(3, 0.0, 0.0, 0.95).Should().Be(0.0);
        CountDistribution.ShareInside(0, 0.0, 0.0, 0.95).Should().BeApproximately(0.95, 1e-9);
    }
}
