using System.IO.Compression;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>What was done to a chunk before it was written, undone: shuffle, deflate, LZF, checksums.</summary>
internal sealed class FilterPipeline
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher = 3;
    private const int Lzf = 32000;
    private const int MostFilters = 32;
    private const int ChecksumBytes = 4;

    private readonly List<(int Id, string Name)> _filters = [];

    private FilterPipeline()
    {
    }

    public static FilterPipeline None { get; } = new();

    public bool IsEmpty => _filters.Count == 0;

    /// <summary>Name of a filter that is not undone here; null where all are.</summary>
    public string? Unknown => _filters
        .Where(static filter => filter.Id is not (Deflate or Shuffle or Fletcher or Lzf))
        .Select(static filter => filter.Id switch
        {
            4 => "szip",
            5 => "nbit",
            6 => "scale-offset",
            32001 => "blosc",
            32004 => "lz4",
            32008 => "bitshuffle",
            32015 => "zstd",
            _ => $"{filter.Id} {filter.Name}".TrimEnd(),
        }).FirstOrDefault();

    public static FilterPipeline Read(Hdf5Bytes file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int count = cursor.Byte();
        if (version is not (1 or 2) || count > MostFilters)
        {
            throw file.Damage($"a filter pipeline has version {version} and {count} filters");
        }

        cursor.Skip(version == 1 ? 6 : 0);
        var pipeline = new FilterPipeline();
        for (int i = 0; i < count; i++)
        {
            int id = cursor.Word();
            int nameBytes = version == 1 || id >= 256 ? cursor.Word() : 0;
            cursor.Skip(2);
            int values = cursor.Word();
            ReadOnlySpan<byte> name = cursor.Take(nameBytes);
            if (version == 1)
            {
                cursor.SkipPadding(nameBytes);
            }

            cursor.Skip((4L * values) + (version == 1 && values % 2 == 1 ? 4 : 0));
            pipeline._filters.Add((id, new Hdf5Cursor(file, name).TextToEnd()));
        }

        return pipeline;
    }

    /// <summary>Turns what is stored into a chunk.</summary>
    /// <param name="stored">As it lies in the file.</param>
    /// <param name="mask">Bits of the filters that were left out.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="chunk">What to fill.</param>
    /// <exception cref="InvalidDataException">It is damaged, or has another length.</exception>
    public void Decode(byte[] stored, uint mask, int elementSize, Span<byte> chunk)
    {
        ReadOnlySpan<byte> bytes = stored;
        for (int i = _filters.Count - 1; i >= 0; i--)
        {
            if ((mask >> i & 1) != 0)
            {
                continue;
            }

            bytes = _filters[i].Id switch
            {
                Deflate => Inflate(bytes, chunk.Length),
                Lzf => LzfDecoder.Decode(bytes, chunk.Length),
                Shuffle => Unshuffle(bytes, elementSize),
                Fletcher => bytes.Length >= ChecksumBytes
                    ? bytes[..^ChecksumBytes]
                    : throw new InvalidDataException("it has no room for its checksum"),
                _ => throw new InvalidDataException($"filter {_filters[i].Id} cannot be undone"),
            };
        }

        if (bytes.Length < chunk.Length)
        {
            throw new InvalidDataException($"it holds {bytes.Length} bytes, and {chunk.Length} are expected");
        }

        bytes[..chunk.Length].CopyTo(chunk);
    }

    private static byte[] Inflate(ReadOnlySpan<byte> bytes, int expected)
    {
        // A checksum may have been appended before, or not.
        byte[] inflated = new byte[expected + ChecksumBytes];
        using var stream = new ZLibStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        int count = stream.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
        return count >= expected
            ? inflated.AsSpan(0, count).ToArray()
            : throw new InvalidDataException($"it inflates to {count} bytes, and {expected} are expected");
    }

    private static byte[] Unshuffle(ReadOnlySpan<byte> bytes, int elementSize)
    {
        byte[] ordered = new byte[bytes.Length];
        int count = bytes.Length / elementSize;
        for (int k = 0; k < elementSize; k++)
        {
            ReadOnlySpan<byte> plane = bytes.Slice(k * count, count);
            for (int i = 0; i < count; i++)
            {
                ordered[(i * elementSize) + k] = plane[i];
            }
        }

        // What does not fill an element was left where it was.
        bytes[(count * elementSize)..].CopyTo(ordered.AsSpan(count * elementSize));
        return ordered;
    }
}
