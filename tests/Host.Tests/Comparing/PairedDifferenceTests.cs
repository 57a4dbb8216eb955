using DklActors.Host.Comparing;

namespace DklActors.Host.Tests.Comparing;

public sealed class PairedDifferenceTests
{
    // Ranks of the order statistics, from printed tables of the sign test's interval for a median.
    [Theory]
    [InlineData(6, 1, 6)]
    [InlineData(10, 2, 9)]
    [InlineData(20, 6, 15)]
    [InlineData(100, 40, 61)]
    public void The_interval_lies_between_the_order_statistics_of_the_sign_test(int count, int low, int high)
    {
        var difference = PairedDifference.Of(Enumerable.Range(1, count).Reverse().Select(i => (double)i));

        difference.Should().Be(new PairedDifference((count + 1) / 2.0, low, high, count));
    }

    [Fact]
    public void Thousands_of_seeds_give_the_interval_of_the_normal_approximation()
    {
        var difference = PairedDifference.Of(Enumerable.Range(1, 10_000).Select(i => (double)i));

        // 5000.5 ± 1.96 · √10000 / 2.
        difference.Low.Should().BeApproximately(4902.5, 1.5);
        difference.High.Should().BeApproximately(5098.5, 1.5);
    }

    [Fact]
    public void A_few_seeds_have_their_range_for_an_interval()
    {
        var difference = PairedDifference.Of([0.2, 0.1, double.NaN, 0.4]);

        difference.Should().Be(new PairedDifference(0.2, 0.1, 0.4, 3));
        difference.IsBeyondSpread.Should().BeTrue();
        PairedDifference.Of([0.2, -0.1, 0.4]).IsBeyondSpread.Should().BeFalse();
    }

    [Fact]
    public void One_seed_or_none_shows_no_spread_to_be_beyond()
    {
        PairedDifference.Of([0.5]).IsBeyondSpread.Should().BeFalse();
        PairedDifference.Of([double.NaN]).Count.Should().Be(0);
        PairedDifference.Of([]).IsBeyondSpread.Should().BeFalse();
    }
}
