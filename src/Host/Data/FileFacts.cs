using DklActors.Instruments.Files;

namespace DklActors.Host.Data;

/// <summary>What is in a data file.</summary>
/// <param name="File">Its path.</param>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Bytes">Bytes on the disk.</param>
/// <param name="Arrays">Its arrays.</param>
internal sealed record FileFacts(string File, string Format, long Bytes, IReadOnlyList<ArrayFacts> Arrays)
{
    /// <exception cref="DataFileException">Unreadable, damaged, or of no known format.</exception>
    public static FileFacts Of(string path)
    {
        using ArrayContainer container = ArrayContainer.OpenAny(path);
        return new FileFacts(
            path, container.Format, BytesOf(path), [.. container.Names.Select(name => ArrayFacts.Of(container, name))]);
    }

    private static long BytesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.npy").Sum(static file => new FileInfo(file).Length)
        : new FileInfo(path).Length;
}
