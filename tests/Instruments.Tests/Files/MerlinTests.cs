using System.Text;
using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests.Files;

/// <summary>Frames as the Merlin read-out writes them, after the manual of Quantum Detectors.</summary>
public sealed class MerlinTests : IDisposable
{
    private const int Rows = 2;
    private const int Columns = 64;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("U08", 1)]
    [InlineData("U16", 2)]
    [InlineData("U32", 4)]
    public void Big_endian_counts_of_every_width_are_read(string type, int bytes)
    {
        using ArrayContainer container = Open(FileOf(type, "12", 6, (frame, pixel) =>
            [.. Enumerable.Range(0, bytes).Reverse().Select(b => (byte)((frame + pixel) >> (8 * b)))]));
        DataArray data = container.Read("data");

        data.ShapeText.Should().Be("(6, 2, 64)");
        data[(3 * Rows * Columns) + 70].Should().Be(73);
        data.Axes.Select(static axis => axis.Name).Should().Equal("x", "ky", "kx");
        data.Metadata[MetadataKeys.Exposure].Should().Be("0.001");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(12)]
    public void Raw_words_are_put_in_the_order_of_rows(int bits)
    {
        int stored = bits switch
        {
            1 => 1,
            6 => 8,
            _ => 16,
        };
        byte[] frame = new byte[Rows * Columns * stored / 8];
        for (int pixel = 0; pixel < Rows * Columns; pixel++)
        {
            int word = pixel * stored / 64;
            int shift = pixel * stored % 64;
            ulong value = (ulong)ValueOf(pixel, bits) << shift;
            for (int b = 0; b < 8; b++)
            {
                frame[(word * 8) + 7 - b] |= (byte)(value >> (8 * b));
            }
        }

        using ArrayContainer container = Open([.. Header("R64", $"{bits}"), .. frame]);

        container.Read("data").ToDoubles().Should()
            .Equal(Enumerable.Range(0, Rows * Columns).Select(pixel => (double)ValueOf(pixel, bits)));
    }

    [Fact]
    public void The_header_file_beside_it_tells_the_rows_of_the_scan()
    {
        _folder.Write("scan.hdr", "HDR,\nFrames per Trigger (Number):\t3\nEnd\t\n"u8);
        using ArrayContainer container = Open(FileOf("U08", "12", 6, static (frame, _) => [(byte)frame]));

        container.Read("data").ShapeText.Should().Be("(2, 3, 2, 64)");
    }

    [Fact]
    public void Without_it_a_square_number_of_frames_is_a_square_scan()
    {
        using ArrayContainer container = Open(FileOf("U08", "12", 9, static (frame, _) => [(byte)frame]));

        container.Read("data").ShapeText.Should().Be("(3, 3, 2, 64)");
    }

    [Fact]
    public void A_truncated_file_says_how_many_frames_are_whole()
    {
        byte[] file = FileOf("U08", "12", 3, static (frame, _) => [(byte)frame]);

        Opening(file[..^5]).Should().Throw<DataFileException>().WithMessage("*are 2 of them*truncated*");
    }

    [Theory]
    [InlineData("R64", "24", "1x1")]
    [InlineData("R64", "12", "2x2")]
    [InlineData("U64", "12", "1x1")]
    public void Layouts_that_are_not_read_are_refused_in_words(string type, string bits, string layout) =>
        Opening([.. Header(type, bits, layout), .. new byte[Rows * Columns * 8]])
            .Should().Throw<DataFileException>().WithMessage($"*{type}*are read; switch the raw mode*");

    private static int ValueOf(int pixel, int bits) => pixel * 37 % (1 << bits);

    private static byte[] FileOf(string type, string bits, int frames, Func<int, int, byte[]> pixel) =>
    [
        .. Enumerable.Range(0, frames).SelectMany(frame => Header(type, bits)
            .Concat(Enumerable.Range(0, Rows * Columns).SelectMany(p => pixel(frame, p)))),
    ];

    private static byte[] Header(string type, string bits, string layout = "1x1")
    {
        string text = $"MQ1,000001,00384,01,{Columns:D4},{Rows:D4},{type},   {layout},01,2024-05-06 07:08:09,0.001000,"
            + $"0,0,0,1.2E+2,5.1E+2,3RX,175,511,{bits},";
        byte[] header = new byte[384];
        Encoding.ASCII.GetBytes(text, header);
        return header;
    }

    private ArrayContainer Open(byte[] file) => ArrayContainer.Open(_folder.Write("scan.mib", file));

    private Action Opening(byte[] file) => () => Open(file).Dispose();
}
