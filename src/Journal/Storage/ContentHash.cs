using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DklActors.Journal.Storage;

/// <summary>A SHA-256. Thirty-two bytes in place, for a journal holds two of them an event.</summary>
public readonly record struct ContentHash
{
    public const int Length = SHA256.HashSizeInBytes;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private ContentHash(ReadOnlySpan<byte> hash)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _second = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <summary>Lower-case hexadecimal.</summary>
    public string Hex => Convert.ToHexStringLower(ToBytes());

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(content, hash);
        return new ContentHash(hash);
    }

    /// <exception cref="FormatException">Not a SHA-256: another number of bytes.</exception>
    public static ContentHash From(ReadOnlySpan<byte> hash) => hash.Length == Length
        ? new ContentHash(hash)
        : throw new FormatException($"A SHA-256 has {Length} bytes, not {hash.Length}.");

    /// <exception cref="FormatException">Not a SHA-256 in hexadecimal.</exception>
    public static ContentHash Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return From(Convert.FromHexString(hex));
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _fourth);
    }

    public override string ToString() => Hex;
}
