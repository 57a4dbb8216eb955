using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Tests.Patterns;

public sealed class VirtualDetectorTests
{
    [Fact]
    public void A_ring_holds_the_pixels_whose_centres_it_holds()
    {
        var shape = new GridShape(21, 33);
        float[] counts = [.. Enumerable.Range(0, shape.Count).Select(static i => (float)(i % 7))];
        double expected = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double distance = double.Hypot((i / 33) - 10.5, (i % 33) - 12);
            expected += distance is >= 3 and < 9.5 ? counts[i] : 0;
        }

        Measured sum = new VirtualDetector(PatternMask.Ring(shape, new PatternPoint(10.5, 12), 3, 9.5))
            .Sum(counts, shape);

        sum.Should().Be(new Measured(expected, Math.Sqrt(expected), Finding.Good));
    }

    [Fact]
    public void Weights_count_in_the_sum_and_squared_in_its_error()
    {
        var shape = new GridShape(1, 10);
        float[] weights = [0, 0.5f, 1, -2, 0, 0, 0, 0, 3, 0];

        Measured sum = new VirtualDetector(PatternMask.Of(shape, weights))
            .Sum([9, 4, 6, 5, 9, 9, 9, 9, 2, 9], shape);

        sum.Value.Should().Be(2 + 6 - 10 + 6);
        sum.StandardError.Should().BeApproximately(Math.Sqrt((0.25 * 4) + 6 + (4 * 5) + (9 * 2)), 1e-12);
    }

    [Fact]
    public void A_detector_that_sees_nothing_has_seen_less_than_about_one()
    {
        var shape = new GridShape(16, 16);
        float[] counts = new float[256];
        counts[0] = 3;

        new VirtualDetector(PatternMask.Disc(shape, new PatternPoint(8, 8), 4)).Sum(counts, shape)
            .Should().Be(new Measured(0, 1, Finding.Good));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_pixel_that_holds_no_number_is_named(float value)
    {
        var shape = new GridShape(16, 20);
        foreach (int at in (int[])[0, 19, 163, 319])
        {
            float[] counts = new float[320];
            counts[5] = 1;
            counts[at] = value;

            Measured sum = new VirtualDetector(PatternMask.All(shape)).Sum(counts, shape);

            sum.Finding.Quality.Should().Be(ScalarQuality.Bad);
            sum.Finding.Reason.Should().Contain($"(row {at / 20}, column {at % 20})");
        }
    }

    [Fact]
    public void Saturated_and_negative_pixels_are_counted()
    {
        var shape = new GridShape(4, 9);
        float[] counts = new float[36];
        (counts[3], counts[8], counts[30]) = (100, 120, -1);

        new VirtualDetector(PatternMask.All(shape), saturationCounts: 100).Sum(counts, shape)
            .Finding.Reason.Should().StartWith("2 of 36 pixels are saturated");
        new VirtualDetector(PatternMask.All(shape)).Sum(counts, shape)
            .Finding.Reason.Should().StartWith("1 of 36 pixels hold negative");
    }

    [Fact]
    public void What_cannot_be_a_mask_is_refused()
    {
        var shape = new GridShape(8, 8);

        FluentActions.Invoking(() => PatternMask.Ring(shape, default, 5, 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => PatternMask.Of(shape, [1, 2])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new VirtualDetector(PatternMask.Disc(shape, new PatternPoint(50, 50), 3)))
            .Should().Throw<ArgumentException>().WithMessage("No pixel*");
        new VirtualDetector(PatternMask.All(shape)).Sum(new float[63], shape).Finding.IsBad.Should().BeTrue();
        new VirtualDetector(PatternMask.All(shape)).Sum(new float[64], new GridShape(4, 16))
            .Finding.Reason.Should().Contain("4×16");
    }
}
