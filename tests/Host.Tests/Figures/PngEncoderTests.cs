using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Tests.Figures;

public sealed class PngEncoderTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(7, 5, 3)]
    [InlineData(64, 33, 4)]
    public void Pixels_survive_the_round_trip(int width, int height, int channels)
    {
        byte[] pixels = new byte[width * height * channels];
        new Random(11).NextBytes(pixels);

        PngDecoder decoded = PngDecoder.Read(PngEncoder.Encode(width, height, channels, pixels, "µ title"));

        (decoded.Width, decoded.Height, decoded.Channels).Should().Be((width, height, channels));
        decoded.Pixels.Should().Equal(pixels);
    }

    [Fact]
    public void Smooth_and_rough_rows_get_filters_of_their_own()
    {
        const int Width = 50;
        const int Height = 40;
        byte[] pixels = new byte[Width * Height * 3];
        var random = new Random(5);
        for (int i = 0; i < pixels.Length; i++)
        {
            int y = i / 3 / Width;
            int x = i / 3 % Width;
            pixels[i] = (byte)(y < 10 ? 5 * x : y < 20 ? 200 : y < 30 ? 2 * (x + y) : random.Next(256));
        }

        PngDecoder decoded = PngDecoder.Read(PngEncoder.Encode(Width, Height, 3, pixels));

        decoded.Pixels.Should().Equal(pixels);
        decoded.Filters.Count.Should().BeGreaterThan(1);
    }

    [Fact]
    public void The_crc_is_that_of_the_standard_check_word() =>
        Crc32.Of("1234"u8, "56789"u8).Should().Be(0xCBF43926);

    [Theory]
    [InlineData(2, 2, 3, 11)]
    [InlineData(2, 2, 2, 8)]
    [InlineData(0, 2, 3, 0)]
    public void Bytes_that_are_no_image_are_refused(int width, int height, int channels, int count)
    {
        Action encode = () => PngEncoder.Encode(width, height, channels, new byte[count]);

        encode.Should().Throw<ArgumentException>();
    }
}
