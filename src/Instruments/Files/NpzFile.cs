using System.IO.Compression;

namespace DklActors.Instruments.Files;

/// <summary>
/// An <c>.npz</c> archive: a zip of <c>.npy</c> entries, stored or deflated. Deflated and small entries are read as a
/// whole and checked against their checksum; large stored ones stay in the file, and only their header is checked.
/// </summary>
internal sealed class NpzFile : ArrayContainer
{
    // No deflated byte yields more than 1,032 bytes (RFC 1951); an entry that claims more lies about its length.
    private const long LargestDeflateRatio = 1032;

    private const string Extension = ".npy";
    private const string Remedy = "the file is truncated or damaged, copy or save it again";

    private const long LargestInMemory = 64L << 20;

    private readonly ZipArchive _archive;
    private readonly FileStream _stream;
    private DataFile? _file;

    private NpzFile(string path, FileStream stream)
        : base(path)
    {
        _stream = stream;
        ZipArchive archive = new(stream, ZipArchiveMode.Read);
        _archive = archive;
        Names = [.. archive.Entries
            .Where(static entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static entry => entry.FullName[..^Extension.Length])
            .Order(StringComparer.Ordinal)];
    }

    public override string Format => "NumPy archive (.npz)";

    public override IReadOnlyList<string> Names { get; }

    /// <exception cref="DataFileException">Unreadable, or not a zip archive.</exception>
    public static new NpzFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            return new NpzFile(path, stream);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            stream?.Dispose();
            throw new DataFileException(
                path, null, $"this is not a readable .npz archive ({exception.Message})", Remedy, exception);
        }
    }

    public override void Dispose()
    {
        _archive.Dispose();
        _file?.Dispose();
    }

    private protected override DataArray? ReadOrNull(string name)
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
            if (entry.Length > LargestInMemory && FindStored(entry) is { } offset)
            {
                _file ??= DataFile.Open(Path);
                return NpyReader.Open(_file, offset, entry.Length, Path, name);
            }

            using ChecksumStream stream = new(entry.Open());
            DataArray array = NpyReader.Read(stream, entry.Length, Path, name);
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

    /// <summary>Where in the file a stored entry begins; null where it is deflated.</summary>
    private long? FindStored(ZipArchiveEntry entry)
    {
        if (entry.Length != entry.CompressedLength)
        {
            return null;
        }

        // The archive reads a stored entry straight from the file, so that the file then stands behind what was read.
        const int Start = 64;
        byte[] start = new byte[Start];
        using Stream stream = entry.Open();
        stream.ReadExactly(start);
        long offset = _stream.Position - Start;
        _file ??= DataFile.Open(Path);
        return offset >= 0 && _file.Read(offset, Start).AsSpan().SequenceEqual(start) ? offset : null;
    }

    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException;
}
