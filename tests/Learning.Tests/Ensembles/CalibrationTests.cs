using DklActors.Learning.Ensembles;
using DklActors.Learning.Randomness;
using DklActors.Learning.Scoring;
using DklActors.Learning.Tests.Scoring;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(3.0, 0.6)]
    [InlineData(5.0, 0.85)]
    [InlineData(10.0, 1.5)]
    [InlineData(30.0, 1.1)]
    public void Scale_and_tail_are_recovered_from_many_errors(double degreesOfFreedom, double scale)
    {
        PredictiveShape found = Calibration.Fit(Draws(6000, new PredictiveShape(degreesOfFreedom, scale)));
        found.Scale.Should().BeApproximately(scale, 0.04 * scale);

        // On its grid, the tail is the drawn one or a neighbour.
        (1.0 / found.DegreesOfFreedom).Should().BeApproximately(1.0 / degreesOfFreedom, 0.06);
    }

    [Fact]
    public void Without_errors_the_priors_rule_and_three_move_them_little()
    {
        PredictiveShape none = Calibration.Fit([]);
        none.DegreesOfFreedom.Should().Be(4.0);
        none.Scale.Should().BeApproximately(0.85, 0.02);
        double[][] cases = [[0.0], [3.0], [0.1, -0.1], [2.0, -2.0], [0.2, -0.3, 0.1], [3.0, -2.0, 2.0]];
        foreach (double[] few in cases)
        {
            PredictiveShape shape = Calibration.Fit(few);
            shape.Scale.Should().BeInRange(0.85 * 0.6, 0.85 * 1.6);
            shape.DegreesOfFreedom.Should().BeInRange(3.0, 5.0);
        }

        Calibration.Fit([3.0, -2.0, 2.0]).Scale.Should().BeGreaterThan(Calibration.Fit([0.2, -0.3, 0.1]).Scale);
    }

    [Fact]
    public void Intervals_hold_what_they_say_on_errors_that_were_not_fitted_to()
    {
        var truth = new PredictiveShape(6.0, 1.25);
        PredictiveShape found = Calibration.Fit(Draws(400, truth));
        double[] fresh = Draws(20_000, truth, index: 9);
        fresh.Average(error => Math.Abs(error) <= found.HalfWidth68 ? 1.0 : 0.0).Should().BeApproximately(0.683, 0.04);
        fresh.Average(error => Math.Abs(error) <= found.HalfWidth95 ? 1.0 : 0.0).Should().BeApproximately(0.954, 0.02);
    }

    [Fact]
    public void Errors_beyond_all_measure_give_the_widest_shape_and_no_error_at_all()
    {
        PredictiveShape wild = Calibration.Fit([1e30, -1e150, 2.0]);
        wild.DegreesOfFreedom.Should().Be(2.5);
        wild.Scale.Should().BeGreaterThan(1.0);
        double.IsFinite(wild.HalfWidth95).Should().BeTrue();
    }

    private static double[] Draws(int count, PredictiveShape shape, ulong index = 0)
    {
        SeededRandom random = SeededRandom.Derive(17, RandomPurpose.SeedDesign, index);
        return [.. Enumerable.Range(0, count).Select(_ => StudentDraws.Next(random, shape))];
    }
}
