using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Tests.Virtual;

public sealed class PoissonSamplerTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.7)]
    [InlineData(9.9)]
    [InlineData(10.1)]
    [InlineData(35)]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(9e7)]
    [InlineData(1e9)]
    public void Mean_and_variance_are_those_of_a_Poisson_distribution(double mean)
    {
        const int draws = 100_000;
        SeededStream random = SeededStream.Of(11, "moments").With(mean);
        double sum = 0, squares = 0, cubes = 0;
        for (int i = 0; i < draws; i++)
        {
            double deviation = PoissonSampler.Draw(mean, ref random) - mean;
            sum += deviation;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }

        // Standard errors of the moments of n draws; the seed is fixed, so five of them never fail by chance.
        double variance = squares / draws;
        (sum / draws).Should().BeApproximately(0, 5 * Math.Sqrt(mean / draws));
        variance.Should().BeApproximately(mean, 5 * Math.Sqrt(((2 * mean * mean) + mean) / draws));
        double skewnessError = 5 * Math.Sqrt((15 + (25 / mean) + (1 / (mean * mean))) / draws);
        (cubes / draws / Math.Pow(mean, 1.5)).Should().BeApproximately(1 / Math.Sqrt(mean), skewnessError);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(60)]
    public void Every_count_comes_as_often_as_the_distribution_says(double mean)
    {
        const int draws = 200_000;
        SeededStream random = SeededStream.Of(12, "histogram").With(mean);
        int[] histogram = new int[200];
        for (int i = 0; i < draws; i++)
        {
            histogram[(int)PoissonSampler.Draw(mean, ref random)]++;
        }

        double probability = Math.Exp(-mean), chiSquared = 0;
        int bins = 0;
        for (int count = 0; count < histogram.Length; count++)
        {
            double expected = draws * probability;
            probability *= mean / (count + 1);
            if (expected >= 20)
            {
                chiSquared += (histogram[count] - expected) * (histogram[count] - expected) / expected;
                bins++;
            }
        }

        // Chi-squared of n bins has mean n and variance 2n.
        chiSquared.Should().BeLessThan(bins + (5 * Math.Sqrt(2.0 * bins)));
    }

    [Fact]
    public void Nothing_gives_nothing_and_the_undefined_stays_undefined()
    {
        SeededStream random = SeededStream.Of(1, "edge");

        PoissonSampler.Draw(0, ref random).Should().Be(0);
        PoissonSampler.Draw(-3, ref random).Should().Be(0);
        PoissonSampler.Draw(double.NaN, ref random).Should().Be(double.NaN);
    }

    [Fact]
    public void Counts_are_whole_numbers()
    {
        SeededStream random = SeededStream.Of(2, "whole");
        foreach (double mean in new[] { 3.3, 33.3, 3.3e4, 3.3e9 })
        {
            double count = PoissonSampler.Draw(mean, ref random);
            count.Should().Be(Math.Floor(count)).And.BeGreaterThanOrEqualTo(0);
        }
    }
}
