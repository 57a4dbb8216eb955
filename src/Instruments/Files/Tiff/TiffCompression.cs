using System.IO.Compression;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>Ways in which pixels are compressed.</summary>
internal enum TiffCompression
{
    None,
    Lzw,
    Deflate,
    PackBits,
}

/// <summary>Undoes compressions.</summary>
internal static class TiffCompressions
{
    public static TiffCompression Of(TiffReader reader, int code) => code switch
    {
        1 => TiffCompression.None,
        5 => TiffCompression.Lzw,
        8 or 32946 => TiffCompression.Deflate,
        32773 => TiffCompression.PackBits,
        _ => throw new DataFileException(
            reader.File.Path, null,
            $"its pixels are compressed in way {code}, and none, LZW, deflate and PackBits are read",
            "save it again without compression"),
    };

    /// <exception cref="InvalidDataException">Damaged, or shorter than the piece.</exception>
    public static void Decode(TiffCompression compression, ReadOnlySpan<byte> stored, Span<byte> piece)
    {
        int count = compression switch
        {
            TiffCompression.None => Copy(stored, piece),
            TiffCompression.Lzw => LzwDecoder.Decode(stored, piece),
            TiffCompression.Deflate => Inflate(stored, piece),
            _ => UnpackBits(stored, piece),
        };
        if (count < piece.Length)
        {
            throw new InvalidDataException($"it holds {count} bytes, and {piece.Length} are expected");
        }
    }

    private static int Copy(ReadOnlySpan<byte> stored, Span<byte> piece)
    {
        int count = Math.Min(stored.Length, piece.Length);
        stored[..count].CopyTo(piece);
        return count;
    }

    private static int Inflate(ReadOnlySpan<byte> stored, Span<byte> piece)
    {
        using var stream = new ZLibStream(new MemoryStream(stored.ToArray()), CompressionMode.Decompress);
        return stream.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
    }

    private static int UnpackBits(ReadOnlySpan<byte> stored, Span<byte> piece)
    {
        int at = 0, to = 0;
        while (at + 1 < stored.Length && to < piece.Length)
        {
            int head = (sbyte)stored[at++];
            if (head >= 0)
            {
                int count = Math.Min(Math.Min(head + 1, stored.Length - at), piece.Length - to);
                stored.Slice(at, count).CopyTo(piece[to..]);
                (at, to) = (at + count, to + count);
            }
            else if (head != sbyte.MinValue)
            {
                int count = Math.Min(1 - head, piece.Length - to);
                piece.Slice(to, count).Fill(stored[at++]);
                to += count;
            }
        }

        return to;
    }
}
