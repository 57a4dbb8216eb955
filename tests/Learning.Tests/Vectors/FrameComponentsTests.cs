using DklActors.Learning.Randomness;
using DklActors.Learning.Vectors;

namespace DklActors.Learning.Tests.Vectors;

public sealed class FrameComponentsTests
{
    [Fact]
    public void Frames_of_low_rank_are_recovered_and_their_rank_is_found()
    {
        SeededRandom random = SeededRandom.Derive(5, RandomPurpose.SeedDesign);
        double[][] truths =
        [
            .. Enumerable.Range(0, 30).Select(_ => Spectra.Of(40.0, random.NextDouble(), 2.0 * random.NextDouble())),
        ];
        ReadOnlyMemory<float>[] frames = [.. truths.Select(Single)];
        var components = FrameComponents.Fit(frames, null, seed: 1, threads: 1);

        components.Count.Should().Be(2);
        components.ExplainedShare.Should().BeApproximately(1.0, 1e-6);
        double[] scores = new double[2], mean = new double[Spectra.Channels];
        for (int i = 0; i < frames.Length; i++)
        {
            components.Project(frames[i].Span, scores);
            components.MeanOf(scores, mean);
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j].Should().BeApproximately(truths[i][j], 1e-3);
            }

            components.ScoresOf(0)[i].Should().BeApproximately(scores[0], 1e-4 * Math.Abs(scores[0]) + 1e-4);
        }

        components.Loadings[0].Sum(value => value * value).Should().BeApproximately(1.0f, 1e-4f);
        components.Loadings[0].Zip(components.Loadings[1], (a, b) => a * b).Sum().Should().BeApproximately(0.0f, 1e-4f);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(40.0)]
    public void Counting_noise_alone_gives_no_component(double level)
    {
        // One in twenty may pass by the test's own level; three of these five are far from that.
        int found = Enumerable.Range(0, 5).Sum(set => FrameComponents.Fit(
            Frames(50, i => Spectra.Of(level), (ulong)set), null, (ulong)set, threads: 1).Count);
        found.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_weak_peak_that_varies_is_found_beside_a_strong_one_and_little_else()
    {
        FrameComponents[] sets =
        [
            .. Enumerable.Range(0, 20).Select(set => FrameComponents.Fit(
                Frames(80, i => Spectra.Of(50.0, i % 2 * 2.0, i / 2 % 2 * 0.5), 50 + (ulong)set), null, (ulong)set,
                threads: 1)),
        ];
        sets.Should().OnlyContain(components => components.Count >= 2);
        sets.Count(components => components.Count > 2).Should().BeLessThanOrEqualTo(4);
        sets[0].ShareOf(0).Should().BeGreaterThan(sets[0].ShareOf(1));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(3.7)]
    public void The_noise_is_that_of_counting_whatever_the_gain(double gain)
    {
        ReadOnlyMemory<float>[] frames = Frames(120, i => Spectra.Of(20.0, i % 3), 8, gain);
        var components = FrameComponents.Fit(frames, null, seed: 3, threads: 1);
        components.IsCounts.Should().Be(gain == 1.0);
        components.Dispersion.Should().BeApproximately(gain, 0.06 * gain);
        components.NoiseFactor.Should().BeApproximately(gain, 0.06 * gain);

        // Three true scores, and all else that the scores of one third of the frames do is noise.
        double[] scores = components.ScoresOf(0), noise = components.ScoreNoise(0);
        double[] third = [.. Enumerable.Range(0, 40).Select(i => scores[3 * i])];
        double variance = third.Sum(score => Math.Pow(score - third.Average(), 2.0)) / 39.0;
        Enumerable.Range(0, 40).Average(i => noise[3 * i]).Should().BeApproximately(variance, 0.5 * variance);
    }

    [Fact]
    public void A_given_number_of_components_is_kept_as_far_as_there_are_frames()
    {
        ReadOnlyMemory<float>[] frames = Frames(6, _ => Spectra.Of(10.0), 9);
        FrameComponents.Fit(frames, 3, 1, 1).Count.Should().Be(3);
        FrameComponents.Fit(frames, 50, 1, 1).Count.Should().Be(4);
        FrameComponents.Fit(frames[..1], null, 1, 1).Count.Should().Be(0);
    }

    [Fact]
    public void Frames_that_cannot_be_used_are_refused_by_their_number()
    {
        float[] good = new float[4], bad = [1, float.NaN, 0, 2];
        Fit().Should().Throw<ArgumentException>().WithMessage("*no frame*");
        Fit(good, new float[5]).Should().Throw<ArgumentException>().WithMessage("*Frame 1 has 5 channels*4*");
        Fit(good, bad).Should().Throw<ArgumentException>().WithMessage("*Frame 1 is NaN in channel 1*");
        Fit(good, good, good).Should().NotThrow("frames without any count say only that there is nothing");

        static Func<FrameComponents> Fit(params float[][] frames) => () =>
            FrameComponents.Fit([.. frames.Select(static frame => new ReadOnlyMemory<float>(frame))], null, 1, 1);
    }

    private static ReadOnlyMemory<float>[] Frames(int count, Func<int, double[]> of, ulong set, double gain = 1.0) =>
        [.. Enumerable.Range(0, count).Select(i => Spectra.Counts(of(i), (set * 1000) + (ulong)i, gain))];

    private static ReadOnlyMemory<float> Single(double[] values) => Array.ConvertAll(values, value => (float)value);
}
