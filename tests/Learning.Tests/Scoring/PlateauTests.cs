using DklActors.Learning.Scoring;

namespace DklActors.Learning.Tests.Scoring;

public sealed class PlateauTests
{
    // Least squares of the logarithms, worked out apart, with t(0.95, 8) = 1.8595480.
    private static readonly double[] Falling = [1.0, 0.97, 0.99, 0.95, 0.96, 0.93, 0.95, 0.92, 0.93, 0.90];

    [Fact]
    public void Change_and_bounds_are_those_of_a_line_through_the_logarithms()
    {
        Plateau plateau = Plateau.Of(From(10, Falling))!.Value;

        plateau.Change.Should().BeApproximately(-0.08953255102438101, 1e-12);
        plateau.HalfWidth.Should().BeApproximately(0.025789143958157755, 1e-9);
        plateau.IsWithin(0.10).Should().BeFalse("0.115 cannot be ruled out, and ln 1/0.9 is 0.105");
        plateau.IsWithin(0.12).Should().BeTrue();
    }

    [Fact]
    public void The_order_of_the_values_does_not_matter() =>
        Plateau.Of([.. From(10, Falling).Reverse()])!.Value.Change.Should().BeApproximately(-0.0895325510, 1e-9);

    [Fact]
    public void A_rise_is_no_plateau_either()
    {
        double[] rising = [.. Enumerable.Range(0, 10).Select(i => Math.Exp(0.02 * i))];

        Plateau.Of(From(3, rising))!.Value.IsWithin(0.1).Should().BeFalse();
    }

    [Fact]
    public void A_jump_widens_the_bounds_so_that_little_change_on_the_whole_is_not_enough()
    {
        double[] jumping = [1.0, 0.7, 1.3, 0.75, 1.25, 1.25, 0.75, 1.3, 0.7, 1.0];

        Plateau plateau = Plateau.Of(From(10, jumping))!.Value;

        Math.Abs(plateau.Change).Should().BeLessThan(0.05);
        plateau.IsWithin(0.1).Should().BeFalse();
    }

    [Theory]
    [InlineData(1.0, 0.9)]
    [InlineData(1.0, 0.0, 1.0)]
    [InlineData(1.0, double.NaN, 1.0)]
    [InlineData(1.0, double.PositiveInfinity, 1.0)]
    public void Too_few_values_or_one_without_a_logarithm_say_nothing(params double[] values) =>
        Plateau.Of(From(10, values)).Should().BeNull();

    private static (double Number, double Quantity)[] From(int first, double[] values) =>
        [.. values.Select((value, i) => ((double)(first + i), value))];
}
