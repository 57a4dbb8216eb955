using System.IO.Compression;

namespace DklActors.Instruments.Files;

/// <summary>An <c>.npz</c> archive: a zip of <c>.npy</c> entries, stored or deflated.</summary>
internal sealed class NpzFile : ArrayContainer
{
    // No deflated byte yields more than 1,032 bytes (RFC 1951); an entry that claims more lies about its length.
    private const long LargestDeflateRatio = 1032;

    private const string Extension = ".npy";
    private const string Remedy = "the file is truncated or damaged, copy or save it again";

    private readonly ZipArchive _archive;

    private NpzFile(string path, ZipArchive archive)
        : base(path)
    {
        _archive = archive;
        Names = [.. archive.Entries
            .Where(static entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static entry => entry.FullName[..^Extension.Length])
            .Order(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<string> Names { get; }

    /// <exception cref="DataFileException">Unreadable, or not a zip archive.</exception>
    public static new NpzFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            return new NpzFile(path, new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            stream?.Dispose();
            throw new DataFileException(
                path, null, $"this is not a readable .npz archive ({exception.Message})", Remedy, exception);
        }
    }

    public override void Dispose() => _archive.Dispose();

    private protected override NpyArray? ReadOrNull(string name)
    {
        if (_archive.GetEntry(name + Extension) is not { } entry)
        {
            return null;
        }

        if (entry.Length > Math.Max(entry.CompressedLength, 1) * LargestDeflateRatio)
        {
            throw new DataFileException(
                Path, name, $"{entry.CompressedLength} compressed bytes cannot hold {entry.Length}", Remedy);
        }

        try
        {
            using ChecksumStream stream = new(entry.Open());
            NpyArray array = NpyReader.Read(stream, entry.Length, Path, name);
            return stream.Checksum == entry.Crc32
                ? array
                : throw new DataFileException(
                    Path, name, $"the checksum is {stream.Checksum:X8}, and the archive says {entry.Crc32:X8}", Remedy);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new DataFileException(
                Path, name, $"the entry cannot be read ({exception.Message})", Remedy, exception);
        }
    }

    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException;
}
