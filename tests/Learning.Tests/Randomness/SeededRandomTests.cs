using DklActors.Learning.Randomness;

namespace DklActors.Learning.Tests.Randomness;

public sealed class SeededRandomTests
{
    private const int Draws = 100_000;

    [Fact]
    public void Streams_differ_by_seed_purpose_and_index_and_repeat_otherwise()
    {
        ulong[] firsts =
        [
            SeededRandom.Derive(1, RandomPurpose.SeedDesign, 0).NextUInt64(),
            SeededRandom.Derive(2, RandomPurpose.SeedDesign, 0).NextUInt64(),
            SeededRandom.Derive(1, RandomPurpose.ThompsonSampling, 0).NextUInt64(),
            SeededRandom.Derive(1, RandomPurpose.SeedDesign, 1).NextUInt64(),
        ];
        firsts.Should().OnlyHaveUniqueItems();
        SeededRandom.Derive(1, RandomPurpose.SeedDesign).NextUInt64().Should().Be(firsts[0]);
    }

    [Fact]
    public void Gaussians_have_mean_0_variance_1_and_normal_tails()
    {
        SeededRandom random = SeededRandom.Derive(5, RandomPurpose.ThompsonSampling);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGaussian())];
        values.Average().Should().BeApproximately(0.0, 5.0 / Math.Sqrt(Draws));
        values.Average(value => value * value).Should().BeApproximately(1.0, 5.0 * Math.Sqrt(2.0 / Draws));
        double beyondTwo = values.Count(value => Math.Abs(value) > 2.0) / (double)Draws;
        beyondTwo.Should().BeApproximately(0.0455, 5.0 * Math.Sqrt(0.0455 / Draws));
    }

    [Fact]
    public void Indices_are_uniform()
    {
        SeededRandom random = SeededRandom.Derive(6, RandomPurpose.SeedDesign);
        int[] counts = new int[7];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextIndex(7)]++;
        }

        counts.Should().OnlyContain(count => Math.Abs(count - (Draws / 7.0)) < 5.0 * Math.Sqrt(Draws / 7.0));
        Action none = () => random.NextIndex(0);
        none.Should().Throw<ArgumentOutOfRangeException>();
    }
}
