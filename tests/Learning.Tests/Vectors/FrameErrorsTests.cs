using DklActors.Learning.Vectors;

namespace DklActors.Learning.Tests.Vectors;

public sealed class FrameErrorsTests
{
    [Fact]
    public void Errors_are_relative_to_the_frames_norm()
    {
        var errors = new FrameErrors(TruthNoise.None, 2);
        errors.Add([3.0, 4.0], [3.0f, 4.0f]).Should().Be(0.0);
        errors.Add([0.0, 5.0], [3.0f, 4.0f]).Should().BeApproximately(Math.Sqrt(10.0) / 5.0, 1e-12);
        errors.Add([1.0, 0.0], [0.0f, 0.0f]).Should().Be(double.NaN);

        errors.Relative.Should().BeApproximately(Math.Sqrt(11.0 / 50.0), 1e-12);
        errors.RelativeBeyondNoise.Should().Be(errors.Relative);
        errors.MedianRelative.Should().Be(0.0, "of two finite values the lower one");
        errors.Quantile(1.0).Should().BeApproximately(Math.Sqrt(10.0) / 5.0, 1e-12);
        errors.ChannelErrors().Should().Equal([Math.Sqrt(10.0 / 3.0), Math.Sqrt(1.0 / 3.0)], (a, b) =>
            Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_perfect_prediction_of_noisy_counts_has_no_error_beyond_their_noise()
    {
        double[] truth = Spectra.Of(6.0, 1.0);
        double[] off = Array.ConvertAll(truth, value => 1.2 * value);
        var noise = new TruthNoise(1.0, IsCounts: true);
        var perfect = new FrameErrors(noise, truth.Length);
        var wrong = new FrameErrors(noise, truth.Length);
        for (ulong i = 0; i < 400; i++)
        {
            ReadOnlySpan<float> counts = Spectra.Counts(truth, i).Span;
            perfect.Add(truth, counts);
            wrong.Add(off, counts);
        }

        perfect.Relative.Should().BeApproximately(perfect.NoiseFloor, 0.01);
        perfect.RelativeBeyondNoise.Should().BeLessThan(0.05);
        wrong.RelativeBeyondNoise.Should().BeApproximately(0.2, 0.01);
    }

    [Theory]
    [InlineData(1.0, 0.6827)]
    [InlineData(2.0, 0.9545)]
    public void Intervals_with_the_right_variance_cover_what_they_claim(double deviations, double level)
    {
        double[] truth = Spectra.Of(6.0, 1.0);
        var counts = new IntervalCoverage(new TruthNoise(1.0, IsCounts: true), truth.Length, deviations);
        var gained = new IntervalCoverage(new TruthNoise(2.5, IsCounts: false), truth.Length, deviations);
        double[] sure = new double[truth.Length], many = Array.ConvertAll(truth, value => 250.0 * value);
        for (ulong i = 0; i < 100; i++)
        {
            counts.Add(truth, sure, Spectra.Counts(truth, i).Span);
            double[] rate = Array.ConvertAll(truth, value => 100.0 * value);
            gained.Add(many, sure, Spectra.Counts(rate, 1000 + i, gain: 2.5).Span);
        }

        counts.Level.Should().BeApproximately(level, 1e-4);
        counts.Mean.Should().BeApproximately(level, 0.015);
        gained.Mean.Should().BeApproximately(level, 0.02);
        counts.ByChannel().Should().HaveCount(truth.Length).And.OnlyContain(share => share > level - 0.2);
    }
}
