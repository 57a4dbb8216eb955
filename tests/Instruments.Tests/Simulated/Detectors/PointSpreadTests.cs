using DklActors.Instruments.Simulated.Detectors;

namespace DklActors.Instruments.Tests.Simulated.Detectors;

public sealed class PointSpreadTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 8)]
    [InlineData(15, 3)]
    public void It_keeps_the_counts_also_at_the_rim(int row, int column)
    {
        float[] image = Point(row, column);

        new PointSpread(1.3).Apply(image, 16, new float[image.Length]);

        image.Sum(static value => (double)value).Should().BeApproximately(1000, 1e-3);
        image[(row * 16) + column].Should().BeLessThan(500);
    }

    [Fact]
    public void A_point_becomes_a_Gaussian_of_its_deviation()
    {
        float[] image = Point(8, 8);

        new PointSpread(1.3).Apply(image, 16, new float[image.Length]);

        double variance = 0;
        for (int i = 0; i < image.Length; i++)
        {
            int down = (i / 16) - 8;
            variance += image[i] * down * down / 1000;
        }

        Math.Sqrt(variance).Should().BeApproximately(1.3, 0.01);
        (image[(8 * 16) + 9] / image[(8 * 16) + 8]).Should().BeApproximately((float)Math.Exp(-0.5 / 1.69), 1e-4f);
    }

    [Fact]
    public void It_blurs_a_spectrum_along_its_channels_and_nothing_without_width()
    {
        float[] spectrum = new float[37];
        spectrum[20] = 100;

        new PointSpread(0).Apply(spectrum, 37, new float[37]);
        spectrum[20].Should().Be(100);
        new PointSpread(2).Apply(spectrum, 37, new float[37]);

        spectrum.Sum().Should().BeApproximately(100, 1e-3f);
        spectrum[19].Should().Be(spectrum[21]).And.BePositive();
    }

    private static float[] Point(int row, int column)
    {
        float[] image = new float[256];
        image[(row * 16) + column] = 1000;
        return image;
    }
}
