using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DklActors.Host.Tests.Figures;

/// <summary>An independent reader of 8-bit PNG files, written from the standard, that checks every CRC.</summary>
internal sealed record PngDecoder(int Width, int Height, int Channels, byte[] Pixels, IReadOnlySet<int> Filters)
{
    public static PngDecoder Read(byte[] file)
    {
        file[..8].Should().Equal(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A);
        int at = 8;
        byte[] header = [];
        using var data = new MemoryStream();
        string type = "";
        while (type != "IEND")
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            type = Encoding.ASCII.GetString(file, at + 4, 4);
            uint crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            crc.Should().Be(BitwiseCrc(file.AsSpan(at + 4, length + 4)), "chunk {0}", type);
            byte[] body = file[(at + 8)..(at + 8 + length)];
            header = type == "IHDR" ? body : header;
            data.Write(type == "IDAT" ? body : []);
            at += 12 + length;
        }

        at.Should().Be(file.Length);
        int width = BinaryPrimitives.ReadInt32BigEndian(header);
        int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        header[8..].Should().Equal(8, header[9], 0, 0, 0);
        int channels = header[9] == 2 ? 3 : 4;
        var filters = new HashSet<int>();
        data.Position = 0;
        byte[] pixels = Unfilter(data, width * channels, height, channels, filters);
        return new PngDecoder(width, height, channels, pixels, filters);
    }

    private static byte[] Unfilter(Stream data, int stride, int height, int channels, HashSet<int> filters)
    {
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        byte[] pixels = new byte[stride * height];
        byte[] row = new byte[stride + 1];
        for (int y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            filters.Add(row[0]);
            for (int x = 0; x < stride; x++)
            {
                int a = x >= channels ? pixels[(y * stride) + x - channels] : 0;
                int b = y > 0 ? pixels[((y - 1) * stride) + x] : 0;
                int c = x >= channels && y > 0 ? pixels[((y - 1) * stride) + x - channels] : 0;
                int p = a + b - c;
                int paeth = new[] { a, b, c }.OrderBy(candidate => Math.Abs(p - candidate)).First();
                int[] guesses = [0, a, b, (a + b) >> 1, paeth];
                pixels[(y * stride) + x] = (byte)(row[x + 1] + guesses[row[0]]);
            }
        }

        zlib.ReadByte().Should().Be(-1);
        return pixels;
    }

    private static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint different = (crc ^ (uint)(value >> bit)) & 1;
                crc = (crc >> 1) ^ (different * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
