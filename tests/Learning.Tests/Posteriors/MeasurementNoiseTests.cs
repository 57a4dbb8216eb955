using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Posteriors;

public sealed class MeasurementNoiseTests
{
    [Fact]
    public void A_countings_gain_is_recovered()
    {
        // Poisson counts times 2.5, with a dark variance of 4: the squares are linear in the value.
        Observation[] counts = [.. Values(30).Select((v, i) => new Observation(i, v, Math.Sqrt(4.0 + (2.5 * v))))];
        var noise = MeasurementNoise.Fit(0.7, counts);
        noise.Learned.Should().Be(0.7);
        noise.ErrorOffset.Should().BeApproximately(4.0, 1e-9);
        noise.ErrorSlope.Should().BeApproximately(2.5, 1e-11);
        noise.At(40.0).Should().BeApproximately(0.7 + 4.0 + 100.0, 1e-8);
    }

    [Fact]
    public void Pure_counting_goes_through_zero_and_never_below()
    {
        // 2·v − 6 where that is positive: least squares alone would begin below 0.
        Observation[] steep =
            [.. Values(30).Select((v, i) => new Observation(i, v, Math.Sqrt(Math.Max(0.0, (2.0 * v) - 6.0))))];
        var noise = MeasurementNoise.Fit(0.0, steep);
        noise.ErrorOffset.Should().Be(0.0);
        double bestSlope = steep.Sum(o => o.Value * o.StandardError * o.StandardError)
            / steep.Sum(o => o.Value * o.Value);
        noise.ErrorSlope.Should().BeApproximately(bestSlope, 1e-12);
        noise.At(-50.0).Should().Be(0.0);
    }

    [Fact]
    public void Errors_that_fall_with_the_value_count_as_their_mean_square()
    {
        Observation[] falling = [new(0, 1.0, 3.0), new(1, 2.0, 2.0), new(2, 3.0, 1.0)];
        MeasurementNoise.Fit(0.1, falling).Should().Be(new MeasurementNoise(0.1, (9.0 + 4.0 + 1.0) / 3.0, 0.0));
    }

    [Fact]
    public void No_observation_equal_ones_and_unknown_errors_are_understood()
    {
        MeasurementNoise.Fit(0.3, []).Should().Be(new MeasurementNoise(0.3, 0.0, 0.0));
        MeasurementNoise.Fit(0.3, [new(0, 5.0, 2.0)]).Should().Be(new MeasurementNoise(0.3, 4.0, 0.0));
        MeasurementNoise.Fit(0.3, [new(0, 5.0, 2.0), new(1, 5.0, 4.0)])
            .Should().Be(new MeasurementNoise(0.3, 10.0, 0.0));
        MeasurementNoise.Fit(0.3, [new(0, 5.0, double.NaN), new(1, 7.0, double.PositiveInfinity)])
            .Should().Be(new MeasurementNoise(0.3, 0.0, 0.0));
        double far = MeasurementNoise.Fit(0.0, [new(0, 1e140, 1.0), new(1, -1e140, 1.0)]).At(1e140);
        double.IsFinite(far).Should().BeTrue();
    }

    [Fact]
    public void What_a_measurement_would_scatter_by_follows_the_predicted_value()
    {
        var model = Scenes.Model(60, 2, KernelKind.Matern52);
        Observation[] counts =
            [.. Values(20).Select((v, i) => new Observation(3 * i, 30.0 + v, Math.Sqrt(30.0 + v)))];
        var posterior = Posterior.Condition(model, counts);
        for (int c = 0; c < 60; c++)
        {
            double expected = (0.02 * 144.0) + posterior.Mean[c];
            posterior.NoiseVarianceAt(c).Should().BeApproximately(expected, 1e-8);
            posterior.DeviationAt(c).Should().BeApproximately(Math.Sqrt(posterior.Variance[c] + expected), 1e-8);
        }
    }

    private static IEnumerable<double> Values(int count) => Enumerable.Range(0, count).Select(i => 1.0 + (0.9 * i));
}
