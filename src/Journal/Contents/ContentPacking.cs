using System.IO.Compression;

namespace DklActors.Journal.Contents;

/// <summary>Packs and unpacks contents.</summary>
internal static class ContentPacking
{
    private const int Word = sizeof(float);

    // Deflate packs at most 1032 to 1 (zlib's technical notes), so a longer length is damage, not worth its memory.
    private const long MostBytesPerPackedByte = 1032;

    /// <summary>The shortest of the encodings.</summary>
    public static (ContentEncoding Encoding, ReadOnlyMemory<byte> Data) Pack(ReadOnlyMemory<byte> content)
    {
        byte[] shuffled = new byte[content.Length];
        Shuffle(content.Span, shuffled);
        ReadOnlyMemory<byte> plain = Deflate(content);
        ReadOnlyMemory<byte> rearranged = Deflate(shuffled);
        return Math.Min(plain.Length, rearranged.Length) >= content.Length ? (ContentEncoding.Plain, content)
            : rearranged.Length < plain.Length ? (ContentEncoding.ShuffledZlib, rearranged)
            : (ContentEncoding.Zlib, plain);
    }

    /// <exception cref="InvalidDataException">Unknown encoding, or data of another than the stated length.</exception>
    public static byte[] Unpack(ContentEncoding encoding, ReadOnlyMemory<byte> data, long length)
    {
        switch (encoding)
        {
            case ContentEncoding.Plain when data.Length == length:
                return data.ToArray();
            case ContentEncoding.Zlib when IsPossible(length, data):
                return Inflate(data, (int)length);
            case ContentEncoding.ShuffledZlib when IsPossible(length, data):
                byte[] content = new byte[length];
                Unshuffle(Inflate(data, content.Length), content);
                return content;
            default:
                throw Mismatch(encoding, length);
        }
    }

    private static bool IsPossible(long length, ReadOnlyMemory<byte> packed) =>
        length >= 0 && length <= Math.Min(Array.MaxLength, packed.Length * MostBytesPerPackedByte);

    private static ReadOnlyMemory<byte> Deflate(ReadOnlyMemory<byte> content)
    {
        var packed = new MemoryStream((content.Length / 2) + 64);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content.Span);
        }

        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> data, int length)
    {
        byte[] content = new byte[length];
        using var zlib = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        int read = zlib.ReadAtLeast(content, length, throwOnEndOfStream: false);
        return read == length && zlib.ReadByte() < 0 ? content : throw Mismatch(ContentEncoding.Zlib, length);
    }

    private static void Shuffle(ReadOnlySpan<byte> content, Span<byte> target)
    {
        int words = content.Length / Word;
        for (int place = 0; place < Word; place++)
        {
            Span<byte> plane = target.Slice(place * words, words);
            for (int word = 0; word < plane.Length; word++)
            {
                plane[word] = content[(word * Word) + place];
            }
        }

        content[(words * Word)..].CopyTo(target[(words * Word)..]);
    }

    private static void Unshuffle(ReadOnlySpan<byte> shuffled, Span<byte> content)
    {
        int words = content.Length / Word;
        for (int place = 0; place < Word; place++)
        {
            ReadOnlySpan<byte> plane = shuffled.Slice(place * words, words);
            for (int word = 0; word < plane.Length; word++)
            {
                content[(word * Word) + place] = plane[word];
            }
        }

        shuffled[(words * Word)..].CopyTo(content[(words * Word)..]);
    }

    private static InvalidDataException Mismatch(ContentEncoding encoding, long length) =>
        new($"A content encoded as {encoding} does not unpack to {length} bytes.");
}
