using DklActors.Learning.Acquisition;

namespace DklActors.Learning.Tests.Acquisition;

/// <summary>Expected numbers: series and asymptotic expansions summed with 80 to 120 decimal digits.</summary>
public sealed class NormalDistributionTests
{
    private const double Relative = 1e-13;

    [Theory]
    [InlineData(1.5, 4.24814556762259321e-01)]
    [InlineData(-0.7, -1.94575452349132849e+00)]
    [InlineData(-3.9, -1.14103932700724364e+01)]
    [InlineData(-4.1, -1.22968995464130462e+01)]
    [InlineData(-7.0, -2.93681071831412766e+01)]
    [InlineData(-40.0, -8.08298568356619967e+02)]
    [InlineData(-1000.0, -5.00014734452091157e+05)]
    [InlineData(-1e8, -5.00000000000003800e+15)]
    public void The_logarithm_of_the_expected_positive_part_holds_in_the_whole_tail(double x, double expected) =>
        NormalDistribution.LogExpectedPositivePart(x).Should().BeApproximately(
            expected, Relative * (1.0 + Math.Abs(expected)));

    [Theory]
    [InlineData(1.5, -6.91434556122339783e-02)]
    [InlineData(-3.9, -9.94230439169135671e+00)]
    [InlineData(-4.1, -1.07874317737446361e+01)]
    [InlineData(-40.0, -8.04608442013753802e+02)]
    [InlineData(-1e8, -5.00000000000001900e+15)]
    public void So_does_that_of_the_cumulative_probability(double x, double expected) =>
        NormalDistribution.LogCumulative(x).Should().BeApproximately(
            expected, Relative * (1.0 + Math.Abs(expected)));

    [Theory]
    [InlineData(-1.0, 2.0, -2.00166294324462590e-01)]
    [InlineData(5.0, 6.0, -1.50684460965294527e+01)]
    [InlineData(-7.5, -7.4, -3.09501778192095927e+01)]
    [InlineData(3.0, 3.0000001, -2.15370343341629891e+01)]
    public void An_interval_keeps_its_digits_in_both_tails_and_when_it_is_narrow(
        double low, double high, double expected)
    {
        // The width of the last one is itself known to 9 digits only.
        NormalDistribution.LogInterval(low, high).Should().BeApproximately(expected, 2e-9);
        NormalDistribution.LogInterval(-high, -low).Should().BeApproximately(expected, 2e-9);
    }

    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(1e-10, -6.361340902404056)]
    public void A_quantile_is_the_inverse_of_the_cumulative_probability(double probability, double expected) =>
        NormalDistribution.Quantile(probability).Should().BeApproximately(expected, 1e-9);
}
