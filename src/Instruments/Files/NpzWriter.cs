using System.IO.Compression;

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
        ZipArchiveEntry entry = _archive.CreateEntry($"{name}.npy", CompressionLevel.Fastest);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        NpyWriter.Write(stream, shape, values);
    }

    public void Dispose() => _archive.Dispose();
}
