using DklActors.Host.Figures.Axes;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Figures;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1.5, 1.2, 5, "−1 0 1")]
    [InlineData(0, 0.3, 3, "0.0 0.1 0.2 0.3")]
    [InlineData(3, 1043, 5, "250 500 750 1000")]
    [InlineData(0, 10, 4, "0.0 2.5 5.0 7.5 10.0")]
    [InlineData(1e-7, 4.2e-7, 3, "2e−7 4e−7")]
    [InlineData(0, 3e7, 3, "0 1e7 2e7 3e7")]
    public void Ticks_are_round_numbers_with_no_more_digits_than_they_need(
        double low, double high, int wanted, string labels) =>
        string.Join(' ', NiceTicks.Linear(low, high, wanted).Select(tick => tick.Label)).Should().Be(labels);

    [Theory]
    [InlineData(0.01, 100, "0.01 0.1 1 10 100")]
    [InlineData(0.05, 0.2, "0.05 0.06 0.08 0.1 0.2")]
    public void Logarithmic_ticks_stand_at_powers_of_ten_and_between(double low, double high, string labels) =>
        string.Join(' ', NiceTicks.Logarithmic(low, high).Select(tick => tick.Label)).Should().Be(labels);

    [Fact]
    public void Ticks_lie_on_the_axis_and_their_labels_differ()
    {
        var random = new Random(4);
        for (int i = 0; i < 500; i++)
        {
            double low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12));
            double high = low + (Math.Pow(10, random.Next(-3, 3)) * Math.Abs(low));
            IReadOnlyList<Tick> ticks = NiceTicks.Linear(low, high, 6);
            double slack = 1e-6 * (high - low);
            ticks.All(tick => tick.Value >= low - slack && tick.Value <= high + slack).Should().BeTrue($"{low} {high}");
            ticks.Select(tick => tick.Label).Distinct().Count().Should().Be(ticks.Count, $"{low} .. {high}");
            ticks.Count.Should().BeInRange(2, 8);
        }
    }

    [Theory]
    [InlineData(288, 50, "50 nm")]
    [InlineData(1094.656, 200, "200 nm")]
    [InlineData(20_000, 5000, "5 µm")]
    [InlineData(3200, 1000, "1 µm")]
    [InlineData(1.0, 0.2, "0.2 nm")]
    public void A_scale_bar_is_a_round_length_of_at_most_a_third_of_the_view(
        double view, double length, string label) =>
        ScaleBar.For(new Nanometre(view)).Should().Be(new ScaleBar(new Nanometre(length), label));

    [Fact]
    public void Axes_without_length_are_refused()
    {
        FluentActions.Invoking(() => NiceTicks.Linear(1, 1, 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => NiceTicks.Linear(0, double.NaN, 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => NiceTicks.Logarithmic(0, 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => ScaleBar.For(new Nanometre(0))).Should().Throw<ArgumentException>();
    }
}
