using System.Buffers.Binary;
using System.Security.Cryptography;
using DklActors.Journal.Files;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// What the pages of a journal file were when it was closed, in a file beside it. The chain covers what is stored; this
/// covers the rest, down to bytes that nothing uses, so that a wrong bit anywhere in the file is found.
/// </summary>
/// <remarks>
/// Magic and version, length of the journal, 16 bytes of the SHA-256 of each 4 KiB, SHA-256 of all of that. Only a
/// journal that was closed has one: it is taken away before anything is written, and after a crash there is none.
/// </remarks>
internal static class PageSeal
{
    private const ulong Magic = 0x31_4C_41_45_53_4C_4B_44; // "DKLSEAL1"
    private const int HeaderLength = 16;
    private const int PageLength = 4096;
    private const int MarkLength = 16;

    public static string PathOf(string journal) => journal + ".seal";

    /// <summary>Takes the seal away, durably.</summary>
    /// <exception cref="IOException">It cannot be taken away.</exception>
    public static void Break(string journal)
    {
        if (File.Exists(PathOf(journal)))
        {
            File.Delete(PathOf(journal));
            LocalFiles.Instance.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(journal))!);
        }
    }

    /// <summary>Seals a file that is closed and has no write-ahead log left; otherwise does nothing.</summary>
    public static void Close(string journal)
    {
        var log = new FileInfo(journal + "-wal");
        if (log.Exists && log.Length > 0)
        {
            return;
        }

        try
        {
            DurableFile.Write(PathOf(journal), SealOf(journal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A journal without a seal is as good as one that was not closed.
        }
    }

    /// <summary>The first page that is not as it was, or null; null as well where there is no seal.</summary>
    public static string? FindChange(string journal)
    {
        if (!File.Exists(PathOf(journal)))
        {
            return null;
        }

        byte[] stored = File.ReadAllBytes(PathOf(journal));
        if (stored.Length < HeaderLength + ContentHash.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(stored) != Magic
            || ContentHash.Of(stored.AsSpan(..^ContentHash.Length))
                != ContentHash.From(stored.AsSpan(^ContentHash.Length..)))
        {
            return $"The seal {PathOf(journal)} is damaged itself; the events and contents are sound.";
        }

        byte[] found = SealOf(journal);
        long length = BinaryPrimitives.ReadInt64LittleEndian(stored.AsSpan(8));
        if (!found.AsSpan(..HeaderLength).SequenceEqual(stored.AsSpan(..HeaderLength)))
        {
            return $"The file {journal} had {length} bytes when it was closed, and has another length now.";
        }

        int same = found.AsSpan(HeaderLength).CommonPrefixLength(stored.AsSpan(HeaderLength));
        long begin = same / MarkLength * (long)PageLength;
        return same == stored.Length - HeaderLength
            ? null
            : $"The file {journal} was changed behind the journal's back, in bytes {begin} to "
                + $"{Math.Min(begin + PageLength, length) - 1}; the events and contents are sound.";
    }

    private static byte[] SealOf(string journal)
    {
        using var file = new FileStream(
            journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        long length = file.Length;
        int pages = (int)((length + PageLength - 1) / PageLength);
        byte[] seal = new byte[HeaderLength + (pages * MarkLength) + ContentHash.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(seal, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(seal.AsSpan(8), length);
        byte[] page = new byte[PageLength];
        Span<byte> mark = stackalloc byte[ContentHash.Length];
        for (int i = 0; i < pages; i++)
        {
            int read = file.ReadAtLeast(page, PageLength, throwOnEndOfStream: false);
            SHA256.HashData(page.AsSpan(0, read), mark);
            mark[..MarkLength].CopyTo(seal.AsSpan(HeaderLength + (i * MarkLength)));
        }

        ContentHash.Of(seal.AsSpan(..^ContentHash.Length)).CopyTo(seal.AsSpan(^ContentHash.Length..));
        return seal;
    }
}
