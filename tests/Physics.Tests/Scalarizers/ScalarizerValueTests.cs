using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Tests.Scalarizers;

public sealed class ScalarizerValueTests
{
    [Fact]
    public void A_band_sum_adds_the_channels_strictly_inside()
    {
        ScalarResult result = Make("band-sum", Sample.Window(1, 5)).Evaluate(Sample.Of(Sample.Ramp));

        result.Should().Be(new ScalarResult(20 + 30 + 40, Math.Sqrt(90), ScalarQuality.Good));
    }

    [Fact]
    public void A_band_mean_is_the_sum_per_channel()
    {
        ScalarResult result = Make("band-mean", Sample.Window(1.5, 5.5)).Evaluate(Sample.Of(Sample.Ramp));

        result.Should().Be(new ScalarResult(35, Math.Sqrt(140) / 4, ScalarQuality.Good));
    }

    [Fact]
    public void A_peak_maximum_is_the_highest_channel_of_the_window_and_not_of_the_spectrum()
    {
        ScalarResult result = Make("peak-maximum", Sample.Window(1.5, 5.5)).Evaluate(Sample.RampWith(3, 400));

        result.Should().Be(new ScalarResult(400, 20, ScalarQuality.Good));
        Make("peak-maximum", Sample.Window(1.5, 2.5)).Evaluate(Sample.RampWith(3, 400)).Value.Should().Be(20);
    }

    [Fact]
    public void A_ratio_propagates_both_errors()
    {
        ScalarResult result =
            Make("window-ratio", Sample.Window(0.5, 2.5), Sample.Window(4.5, 6.5)).Evaluate(Sample.Of(Sample.Ramp));

        // (10 + 20) / (50 + 60), and relative variances that add.
        double ratio = 30.0 / 110;
        result.Value.Should().BeApproximately(ratio, 1e-15);
        result.StandardError.Should().BeApproximately(ratio * Math.Sqrt((1 / 30.0) + (1 / 110.0)), 1e-15);
        result.Quality.Should().Be(ScalarQuality.Good);
    }

    [Fact]
    public void A_window_over_itself_is_one_without_error()
    {
        ScalarResult result =
            Make("window-ratio", Sample.Window(1.5, 4.5), Sample.Window(1.5, 4.5)).Evaluate(Sample.Of(Sample.Ramp));

        result.Value.Should().Be(1);
        result.StandardError.Should().BeApproximately(0, 1e-12);
    }

    [Theory]
    [InlineData("band-sum", "counts")]
    [InlineData("band-mean", "counts/channel")]
    [InlineData("peak-maximum", "counts")]
    public void Units_are_told(string kind, string unit) => Make(kind, Sample.Window(1, 3)).Unit.Should().Be(unit);

    [Theory]
    [InlineData("band-sum")]
    [InlineData("band-mean")]
    [InlineData("window-ratio")]
    [InlineData("window-ratio, overlapping")]
    public void Standard_errors_are_the_spread_of_many_Poisson_draws(string name)
    {
        double[] means = [40, 55, 70, 90, 120, 90, 70, 55, 40, 30];
        string kind = name.Split(',')[0];
        EnergyWindow[] windows = name switch
        {
            "window-ratio" => [Sample.Window(0.5, 3.5), Sample.Window(3.5, 8.5)],
            "window-ratio, overlapping" => [Sample.Window(2.5, 5.5), Sample.Window(0.5, 8.5)],
            _ => [Sample.Window(1.5, 6.5)],
        };
        IScalarizer scalarizer = Make(kind, windows);
        Random random = new(17);
        const int draws = 4000;
        double sum = 0, squares = 0, claimed = 0;
        for (int i = 0; i < draws; i++)
        {
            ScalarResult result = scalarizer.Evaluate(Sample.Draw(means, random));
            sum += result.Value;
            squares += result.Value * result.Value;
            claimed += result.StandardError * result.StandardError;
        }

        double spread = (squares / draws) - (sum / draws * (sum / draws));
        // A variance from n draws has a relative error of √(2/n) = 2.2 %; the seed is fixed.
        (claimed / draws / spread).Should().BeApproximately(1, 0.08);
    }

    [Fact]
    public void The_maximum_of_a_flat_band_is_biased_upwards_as_documented()
    {
        IScalarizer scalarizer = Make("peak-maximum", Sample.Window(0.5, 8.5));
        double[] means = [.. Enumerable.Repeat(100.0, 10)];
        Random random = new(18);
        const int draws = 2000;
        double sum = 0;
        for (int i = 0; i < draws; i++)
        {
            sum += scalarizer.Evaluate(Sample.Draw(means, random)).Value;
        }

        // The mean largest of 8 standard normal numbers is 1.4236; Poisson's skewness adds a little.
        (sum / draws).Should().BeApproximately(100 + (10 * 1.4236), 1);
    }

    private static IScalarizer Make(string kind, params EnergyWindow[] windows) =>
        ScalarizerCatalog.Create(Sample.Spec(kind, windows));
}
