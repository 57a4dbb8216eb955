using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Physics.Tests.Registration;

/// <summary>How far an image has moved, and whether that can be told.</summary>
public sealed class ImageRegistrationTests
{
    // The defaults of drift.leastQuality and drift.largestChance.
    private const double TrustedFrom = 0.9;
    private const double TrustedChance = 1e-3;

    private static readonly GridShape Shape = new(72, 80);

    [Fact]
    public void Without_noise_a_shift_of_up_to_a_quarter_of_the_image_is_found_to_hundredths_of_a_pixel()
    {
        foreach ((int seed, PixelShift truth) in Shifts(12))
        {
            ImageMatch match = Match(Scenes.Particles(Shape, seed), truth, 0, seed, radius: 28);

            IsTrusted(match).Should().BeTrue($"of seed {seed}: {match}");
            (match.Shift - truth).Length.Should().BeLessThan(0.02, $"of seed {seed}, moved by {truth}");
        }
    }

    /// <summary>
    /// The bound is the least root mean square error of any unbiased estimate. One that reaches it has squared errors,
    /// over the squared bound, that are exponential of mean 1: one of 24 is beyond 3.5² once in 10⁴, and their mean is
    /// beyond 1.4² as rarely.
    /// </summary>
    [Theory]
    [InlineData(0.3, 20)]
    [InlineData(1, 16)]
    public void With_noise_the_error_is_what_the_cramer_rao_bound_allows(double noise, int leastTrusted)
    {
        List<double> ratios = [];
        foreach ((int seed, PixelShift truth) in Shifts(24))
        {
            Func<PixelShift, float[]> scene = Scenes.Particles(Shape, seed);
            ImageMatch match = Match(scene, truth, noise, seed, radius: 28);
            if (IsTrusted(match))
            {
                double bound = ShiftBound.Of(scene, Shape, truth, noise);
                ratios.Add((match.Shift - truth).Length / bound);
                ratios[^1].Should().BeLessThan(3.5, $"of seed {seed}, moved by {truth}: {match}");
            }
        }

        ratios.Should().HaveCountGreaterThanOrEqualTo(leastTrusted);
        Math.Sqrt(ratios.Average(static ratio => ratio * ratio)).Should().BeLessThan(1.4);
    }

    [Fact]
    public void Contrast_and_brightness_do_not_matter()
    {
        Func<PixelShift, float[]> scene = Scenes.Particles(Shape, 3);
        var truth = new PixelShift(4.3, -2.6);
        float[] other = [.. scene(truth).Select(value => 250 - (7 * value))];
        float[] brighter = [.. scene(truth).Select(value => 250 + (7 * value))];
        var options = new MatchOptions(PixelShift.None, 10);

        (ImageRegistration.Match(scene(PixelShift.None), brighter, Shape, options).Shift - truth).Length
            .Should().BeLessThan(0.06);
        ImageRegistration.Match(scene(PixelShift.None), other, Shape, options).Quality
            .Should().BeLessThan(TrustedFrom, "what was dark is bright: another scene");
    }

    [Fact]
    public void Images_with_nothing_in_common_are_told_apart_from_a_match()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            ImageMatch match = Strangers(seed, size: 0.05, number: 40);
            IsTrusted(match).Should().BeFalse($"of seed {seed}: {match}");
        }
    }

    /// <summary>
    /// Of 300 pairs three are expected to have a chance of 1 % or less where that is the true one, and thirty one of 10
    /// %; more than 9 and 46 are seen once in a thousand times.
    /// </summary>
    [Theory]
    [InlineData(0.05, 40)]
    [InlineData(0.12, 12)]
    [InlineData(0.05, 8)]
    public void The_chance_of_a_match_is_how_often_there_is_one_by_chance(double size, int number)
    {
        int onceInTen = 0;
        int onceInHundred = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            double chance = Strangers(seed, size, number).Chance;
            onceInTen += chance <= 0.1 ? 1 : 0;
            onceInHundred += chance <= 0.01 ? 1 : 0;
        }

        onceInTen.Should().BeLessThanOrEqualTo(30 + 16);
        onceInHundred.Should().BeLessThanOrEqualTo(9);
    }

    [Fact]
    public void Noise_alone_matches_nothing()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            float[] flat = [.. Enumerable.Range(0, Shape.Count).Select(static i => i % 2 == 0 ? 1f : -1f)];
            ImageMatch match = ImageRegistration.Match(
                Scenes.WithNoise(flat, 50, seed), Scenes.WithNoise(flat, 50, -1 - seed), Shape,
                new MatchOptions(PixelShift.None, 10));
            IsTrusted(match).Should().BeFalse(match.ToString());
        }
    }

    [Fact]
    public void An_image_without_any_contrast_matches_nothing()
    {
        float[] flat = new float[Shape.Count];

        ImageMatch match = ImageRegistration.Match(flat, flat, Shape, new MatchOptions(PixelShift.None, 10));

        match.Quality.Should().Be(0);
        match.Chance.Should().Be(1);
    }

    [Fact]
    public void A_lattice_is_ambiguous_beyond_half_its_period_and_not_within()
    {
        const double Period = 8.4;
        Func<PixelShift, float[]> lattice = Scenes.Lattice(Shape, Period);
        var truth = new PixelShift(1.7, -2.2);

        ImageMatch wide = Match(lattice, truth, 0.3, 1, radius: 12);
        ImageMatch near = Match(lattice, truth, 0.3, 1, radius: 4);

        wide.Rival.Should().BeGreaterThan(0.8);
        double periods = (wide.RivalShift - wide.Shift).Length / Period;
        periods.Should().BeApproximately(Math.Round(periods), 0.12, "the rival is a lattice vector away");
        near.Rival.Should().BeLessThan(0.8);
        (near.Shift - truth).Length.Should().BeLessThan(0.1);
    }

    [Fact]
    public void The_search_goes_out_from_the_guess_and_no_farther_than_its_radius()
    {
        Func<PixelShift, float[]> scene = Scenes.Particles(Shape, 5);
        var truth = new PixelShift(13.4, 6.2);
        float[] moved = scene(truth);

        ImageMatch far = ImageRegistration.Match(
            scene(PixelShift.None), moved, Shape, new MatchOptions(new PixelShift(12, 5), 3));
        ImageMatch short1 = ImageRegistration.Match(
            scene(PixelShift.None), moved, Shape, new MatchOptions(PixelShift.None, 5));

        (far.Shift - truth).Length.Should().BeLessThan(0.06);
        short1.Shift.Length.Should().BeLessThan(6.5);
        short1.Quality.Should().BeLessThan(far.Quality);
    }

    [Fact]
    public void Images_that_are_too_small_or_of_another_shape_are_refused()
    {
        Action small = () => ImageRegistration.Match(
            new float[49], new float[49], new GridShape(7, 7), new MatchOptions(PixelShift.None, 2));
        Action other = () => ImageRegistration.Match(
            new float[100], new float[90], new GridShape(10, 10), new MatchOptions(PixelShift.None, 2));

        small.Should().Throw<ArgumentException>().WithMessage("*8 px a side*");
        other.Should().Throw<ArgumentException>().WithMessage("*100 and 90 values*");
    }

    private static bool IsTrusted(ImageMatch match) =>
        match.Quality >= TrustedFrom && match.Chance <= TrustedChance;

    private static IEnumerable<(int Seed, PixelShift Truth)> Shifts(int number)
    {
        for (int seed = 1; seed <= number; seed++)
        {
            var random = new Random(seed);
            yield return (seed, new PixelShift(36 * (random.NextDouble() - 0.5), 40 * (random.NextDouble() - 0.5)));
        }
    }

    /// <summary>The match of two scenes of a kind, every other pair with noise.</summary>
    private static ImageMatch Strangers(int seed, double size, int number)
    {
        double noise = seed % 2 == 0 ? 0 : 0.5;
        float[] one = Scenes.Particles(Shape, 1000 + seed, size, number)(PixelShift.None);
        float[] other = Scenes.Particles(Shape, 2000 + seed, size, number)(PixelShift.None);
        return ImageRegistration.Match(
            Scenes.WithNoise(one, noise, seed), Scenes.WithNoise(other, noise, -1 - seed), Shape,
            new MatchOptions(PixelShift.None, 12));
    }

    private static ImageMatch Match(
        Func<PixelShift, float[]> scene, PixelShift truth, double noise, int seed, double radius) =>
        ImageRegistration.Match(
            Scenes.WithNoise(scene(PixelShift.None), noise, seed),
            Scenes.WithNoise(scene(truth), noise, seed + 1000),
            Shape,
            new MatchOptions(PixelShift.None, radius));
}
