using System.IO.Compression;

namespace DklActors.Journal.Sqlite;

/// <summary>How contents are kept in the database: deflated where that makes them smaller.</summary>
internal static class ContentEncoding
{
    private const string Plain = "plain";
    private const string Zlib = "zlib";

    // Deflate packs at most 1032 to 1 (zlib's technical notes), so a longer length is damage, not worth its memory.
    private const long MostBytesPerPackedByte = 1032;

    public static (string Encoding, byte[] Data) Encode(ReadOnlyMemory<byte> content)
    {
        using var packed = new MemoryStream(content.Length / 2);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(content.Span);
        }

        return packed.Length < content.Length ? (Zlib, packed.ToArray()) : (Plain, content.ToArray());
    }

    /// <exception cref="InvalidDataException">Unknown encoding, or data of another than the stated length.</exception>
    public static byte[] Decode(string encoding, byte[] data, long length)
    {
        switch (encoding)
        {
            case Plain when data.Length == length:
                return data;
            case Zlib when length >= 0 && length <= LongestFrom(data):
                byte[] content = new byte[length];
                using (var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress))
                {
                    int read = zlib.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
                    if (read == length && zlib.ReadByte() < 0)
                    {
                        return content;
                    }
                }

                break;
        }

        throw new InvalidDataException($"A content encoded as '{encoding}' does not unpack to {length} bytes.");
    }

    private static long LongestFrom(byte[] packed) => Math.Min(Array.MaxLength, packed.Length * MostBytesPerPackedByte);
}
