using DklActors.Learning.Acquisition;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class GoalTests
{
    [Fact]
    public void Merit_grows_towards_what_is_searched_for()
    {
        Goal.Maximise.Merit(3.0).Should().Be(3.0);
        Goal.Minimise.Merit(3.0).Should().Be(-3.0);
        Goal.Hit(2.0).Merit(3.5).Should().Be(-1.5);
        Goal.Hit(2.0, 4.0).Merit(3.5).Should().Be(0.0);
        Goal.Hit(2.0, 4.0).Merit(0.5).Should().Be(-1.5);
        Goal.Hit(2.0, 4.0).Merit(4.25).Should().Be(-0.25);
    }

    [Fact]
    public void The_best_value_is_that_of_greatest_merit()
    {
        double[] values = [5.0, -2.0, 1.0, 9.0];
        Goal.Maximise.BestOf(values).Should().Be(9.0);
        Goal.Minimise.BestOf(values).Should().Be(-2.0);
        Goal.Hit(1.5, 2.0).BestOf(values).Should().Be(1.0);
    }

    [Theory]
    [InlineData(2.0, 1.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    public void A_target_that_is_no_range_is_refused(double low, double high)
    {
        Action creation = () => Goal.Hit(low, high);
        creation.Should().Throw<ArgumentException>().WithMessage("*Write the lower one first*");
    }

    [Fact]
    public void Goals_are_equal_where_they_search_for_the_same()
    {
        Goal.Hit(2.0).Should().Be(Goal.Hit(2.0, 2.0)).And.NotBe(Goal.Hit(2.0, 3.0));
        Goal.Maximise.Should().NotBe(Goal.Minimise);
        Goal.Hit(2.0, 3.5).Identity.Should().Be("hit(2 .. 3.5)");
    }
}
