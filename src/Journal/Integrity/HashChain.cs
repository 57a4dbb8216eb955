using System.Buffers.Binary;
using System.Security.Cryptography;
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

    public static ContentHash Next(ContentHash previous, in ChainedFields fields, ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous.ToBytes());
        AppendInteger(hash, fields.Ordering);
        AppendText(hash, fields.Stream);
        AppendInteger(hash, fields.SequenceNumber);
        AppendInteger(hash, fields.CreatedTicks);
        AppendInteger(hash, fields.Epoch);
        AppendText(hash, fields.Manifest);
        AppendInteger(hash, fields.SchemaVersion);
        AppendInteger(hash, message.Length);
        hash.AppendData(message);
        return ContentHash.From(hash.GetHashAndReset());
    }

    private static void AppendInteger(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AppendInteger(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
