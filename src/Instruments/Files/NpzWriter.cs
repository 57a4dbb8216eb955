using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files;

/// <summary>Writes a deflated <c>.npz</c> archive, as numpy.savez_compressed does.</summary>
public sealed class NpzWriter : IDisposable
{
    // The earliest time a zip entry can hold: the same arrays give the same bytes whenever they are written.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _archive;

    /// <param name="stream">Where to write; stays open.</param>
    public NpzWriter(Stream stream) => _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds one array under a name that is not yet taken.</summary>
    /// <inheritdoc cref="NpyWriter.Write{T}"/>
    public void Add<T>(string name, ReadOnlySpan<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        using Stream stream = Begin(name);
        NpyWriter.Write(stream, shape, values);
    }

    /// <summary>Adds one array piece by piece, so that it need not fit into memory.</summary>
    /// <param name="name">A name that is not yet taken.</param>
    /// <param name="shape">Lengths of the dimensions.</param>
    /// <param name="pieces">Row-major, together as many values as the shape says; each is written at once.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public void AddPieces<T>(string name, ReadOnlySpan<int> shape, IEnumerable<ReadOnlyMemory<T>> pieces)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(pieces);
        long expected = NpyWriter.CountOf(shape), written = 0;
        using Stream stream = Begin(name);
        NpyWriter.WriteHeader<T>(stream, shape);
        foreach (ReadOnlyMemory<T> piece in pieces)
        {
            stream.Write(MemoryMarshal.AsBytes(piece.Span));
            written += piece.Length;
        }

        if (written != expected)
        {
            throw new ArgumentException(
                $"{written} values do not fill the shape {DataArray.TextOf(shape.ToArray())}.", nameof(pieces));
        }
    }

    /// <summary>Adds an array of another file in its own element type, piece by piece.</summary>
    /// <param name="name">A name that is not yet taken.</param>
    /// <param name="array">What to copy.</param>
    /// <param name="isStored">
    /// Whether it is stored as it is, so that one position can be read without the rest; else it is deflated.
    /// </param>
    public void Add(string name, DataArray array, bool isStored)
    {
        ArgumentNullException.ThrowIfNull(array);
        using Stream stream = Begin(name, isStored ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        NpyWriter.WriteHeader(stream, array.Type with { IsBigEndian = false }, [.. array.Shape]);
        foreach (ReadOnlyMemory<byte> piece in array.Pieces())
        {
            stream.Write(piece.Span);
        }
    }

    private Stream Begin(string name, CompressionLevel level = CompressionLevel.Fastest)
    {
        ZipArchiveEntry entry = _archive.CreateEntry($"{name}.npy", level);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }

    public void Dispose() => _archive.Dispose();
}
