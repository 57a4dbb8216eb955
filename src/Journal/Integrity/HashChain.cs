using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>
/// The checksum of an event covers its content, its place and its predecessor's checksum, so that no event can be
/// changed, left out, added or moved without every later checksum giving it away.
/// </summary>
internal static class HashChain
{
    public static readonly ContentHash Genesis;

    // Ordering, sequence number, time, epoch, schema version, and the lengths of stream, manifest and message.
    private const int Integers = 8;

    /// <summary>
    /// SHA-256 over the predecessor's checksum and all fields; integers little-endian, texts after their length.
    /// </summary>
    public static ContentHash Next(ContentHash previous, in ChainedFields fields, ReadOnlySpan<byte> message)
    {
        int longest = ContentHash.Length + (Integers * sizeof(long)) + message.Length
            + Encoding.UTF8.GetMaxByteCount(fields.Stream.Length)
            + Encoding.UTF8.GetMaxByteCount(fields.Manifest.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            Span<byte> rest = buffer;
            previous.CopyTo(rest);
            rest = rest[ContentHash.Length..];
            Append(ref rest, fields.Ordering);
            Append(ref rest, fields.Stream);
            Append(ref rest, fields.SequenceNumber);
            Append(ref rest, fields.CreatedTicks);
            Append(ref rest, fields.Epoch);
            Append(ref rest, fields.Manifest);
            Append(ref rest, fields.SchemaVersion);
            Append(ref rest, message.Length);
            message.CopyTo(rest);
            return ContentHash.Of(buffer.AsSpan(0, buffer.Length - rest.Length + message.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Append(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, value);
        rest = rest[sizeof(long)..];
    }

    private static void Append(ref Span<byte> rest, string text)
    {
        Append(ref rest, Encoding.UTF8.GetByteCount(text));
        rest = rest[Encoding.UTF8.GetBytes(text, rest)..];
    }
}
