using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DklActors.Host.Figures.Raster;

/// <summary>Writes PNG (ISO/IEC 15948), 8 bits a channel, RGB or RGBA, not interlaced.</summary>
public static class PngEncoder
{
    private const byte ColourTypeRgb = 2;
    private const byte ColourTypeRgba = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="channels">3 (RGB) or 4 (RGBA).</param>
    /// <param name="pixels">Row-major, height × width × channels bytes.</param>
    /// <param name="title">Latin-1 text that goes into the file as its title; empty for none.</param>
    /// <exception cref="ArgumentException">The number of bytes is not height × width × channels.</exception>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> pixels, string title = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (3 or 4) || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{pixels.Length} bytes are not an image of {width} × {height} pixels and {channels} channels.",
                nameof(pixels));
        }

        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels == 3 ? ColourTypeRgb : ColourTypeRgba;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "sRGB"u8, [0]);
        if (title.Length > 0)
        {
            WriteChunk(file, "tEXt"u8, [.. "Title\0"u8, .. Encoding.Latin1.GetBytes(title)]);
        }

        WriteChunk(file, "IDAT"u8, Compress(width * channels, channels, pixels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int stride, int pixelBytes, ReadOnlySpan<byte> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var filter = new PngFilter(stride, pixelBytes);
            ReadOnlySpan<byte> above = new byte[stride];
            for (int start = 0; start < pixels.Length; start += stride)
            {
                ReadOnlySpan<byte> row = pixels.Slice(start, stride);
                zlib.Write(filter.Apply(row, above));
                above = row;
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        file.Write(word);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Of(type, data));
        file.Write(word);
    }
}
