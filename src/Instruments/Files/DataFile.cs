using Microsoft.Win32.SafeHandles;

namespace DklActors.Instruments.Files;

/// <summary>A file open for reading at any place; safe for several threads.</summary>
internal sealed class DataFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private DataFile(string path, SafeFileHandle handle)
    {
        Path = path;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>As it was given.</summary>
    public string Path { get; }

    /// <summary>Bytes, when it was opened.</summary>
    public long Length { get; }

    /// <exception cref="DataFileException">It cannot be opened.</exception>
    public static DataFile Open(string path)
    {
        try
        {
            return new DataFile(path, File.OpenHandle(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Fills the bytes from an offset on.</summary>
    /// <exception cref="DataFileException">The file ends before, or cannot be read.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset > Length - bytes.Length)
        {
            throw TooShort(offset, bytes.Length);
        }

        try
        {
            while (bytes.Length > 0)
            {
                int count = RandomAccess.Read(_handle, bytes, offset);
                if (count == 0)
                {
                    throw TooShort(offset, bytes.Length);
                }

                bytes = bytes[count..];
                offset += count;
            }
        }
        catch (IOException exception)
        {
            throw Unreadable(Path, exception);
        }
    }

    /// <summary>As many bytes as asked for, once it is known that the file has them.</summary>
    public byte[] Read(long offset, long count)
    {
        if (count < 0 || offset < 0 || offset > Length - count)
        {
            throw TooShort(offset, count);
        }

        byte[] bytes = new byte[checked((int)count)];
        Read(offset, bytes.AsSpan());
        return bytes;
    }

    /// <summary>As many bytes as asked for, or fewer where the file ends before.</summary>
    public byte[] ReadUpTo(long offset, int count) => Read(offset, Math.Clamp(Length - offset, 0, count));

    public void Dispose() => _handle.Dispose();

    private DataFileException TooShort(long offset, long bytes) => new(
        Path, null, $"the file ends at byte {Length}, and {bytes} bytes from byte {offset} are needed",
        "the file is truncated or damaged, copy or save it again");

    private static DataFileException Unreadable(string path, Exception exception) => new(
        path, null, $"the file cannot be read ({exception.Message})", "check the file and its permissions", exception);
}
