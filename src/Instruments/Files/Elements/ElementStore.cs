namespace DklActors.Instruments.Files.Elements;

/// <summary>
/// Where the elements of an array lie: in memory, in a file as they are, or in a file in pieces. Safe for several
/// threads; what it reads from a file is gone when the file is closed.
/// </summary>
internal abstract class ElementStore
{
    /// <summary>Whether reading needs no file.</summary>
    public virtual bool IsInMemory => false;

    /// <summary>Fills the bytes with elements as stored, row-major, from number <paramref name="first"/> on.</summary>
    /// <exception cref="DataFileException">The file is truncated or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public abstract void Read(long first, Span<byte> bytes);
}
