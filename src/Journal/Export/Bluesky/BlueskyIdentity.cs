using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>
/// Identifiers of documents: the same run gives the same ones whenever it is exported, two runs never share one.
/// They are UUIDs of version 8 (RFC 9562), from the checksum of the run's first event and what is identified.
/// </summary>
internal sealed class BlueskyIdentity(ContentHash firstEvent)
{
    public string Of(string kind, long number = 0)
    {
        byte[] name = [.. firstEvent.ToBytes(), .. new byte[sizeof(long)], .. Encoding.UTF8.GetBytes(kind)];
        BinaryPrimitives.WriteInt64BigEndian(name.AsSpan(ContentHash.Length), number);
        Span<byte> identifier = SHA256.HashData(name).AsSpan(0, 16);
        identifier[6] = (byte)((identifier[6] & 0x0F) | 0x80);
        identifier[8] = (byte)((identifier[8] & 0x3F) | 0x80);
        return new Guid(identifier, bigEndian: true).ToString("D");
    }
}
