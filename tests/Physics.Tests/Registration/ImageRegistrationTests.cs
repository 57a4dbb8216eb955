using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Physics.Tests.Registration;

/// <summary>How far an image has moved, and whether that can be told.</summary>
public sealed class ImageRegistrationTests
{
    private const double TrustedFrom = 0.9;

    private static readonly GridShape Shape = new(72, 80);

    [Theory]
    [InlineData(0, 0.06, 12)]
    [InlineData(0.3, 0.6, 12)]
    [InlineData(1, 1.2, 7)]
    public void A_shift_of_up_to_a_quarter_of_the_image_is_found(double noise, double tolerance, int leastTrusted)
    {
        int trusted = 0;
        for (int seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            var truth = new PixelShift(
                36 * (random.NextDouble() - 0.5), 40 * (random.NextDouble() - 0.5));
            ImageMatch match = Match(Scenes.Particles(Shape, seed), truth, noise, seed, radius: 28);

            if (match.Quality >= TrustedFrom)
            {
                trusted++;
                (match.Shift - truth).Length.Should().BeLessThan(
                    tolerance, $"of seed {seed}, moved by {truth}: {match}");
            }
        }

        trusted.Should().BeGreaterThanOrEqualTo(leastTrusted);
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
        int trusted = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            double noise = seed % 2 == 0 ? 0 : 0.5;
            float[] one = Scenes.WithNoise(Scenes.Particles(Shape, 1000 + seed)(PixelShift.None), noise, seed);
            float[] other = Scenes.WithNoise(Scenes.Particles(Shape, 2000 + seed)(PixelShift.None), noise, -seed);
            ImageMatch match = ImageRegistration.Match(one, other, Shape, new MatchOptions(PixelShift.None, 12));
            trusted += match.Quality >= TrustedFrom ? 1 : 0;
        }

        trusted.Should().BeLessThanOrEqualTo(1);
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
            match.Quality.Should().BeLessThan(TrustedFrom);
        }
    }

    [Fact]
    public void An_image_without_any_contrast_matches_nothing()
    {
        float[] flat = new float[Shape.Count];

        ImageMatch match = ImageRegistration.Match(flat, flat, Shape, new MatchOptions(PixelShift.None, 10));

        match.Quality.Should().Be(0);
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

    private static ImageMatch Match(
        Func<PixelShift, float[]> scene, PixelShift truth, double noise, int seed, double radius) =>
        ImageRegistration.Match(
            Scenes.WithNoise(scene(PixelShift.None), noise, seed),
            Scenes.WithNoise(scene(truth), noise, seed + 1000),
            Shape,
            new MatchOptions(PixelShift.None, radius));
}
