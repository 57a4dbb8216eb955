using System.Buffers.Binary;
using System.Security.Cryptography;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Contents;

/// <summary>
/// One content as a file: magic, version, encoding, length of the content, packed bytes, and a SHA-256 over all of
/// that, so that a wrong bit anywhere in the file is found. Little-endian.
/// </summary>
internal static class ContentFile
{
    private const uint Magic = 0x43_4C_4B_44; // "DKLC"
    private const byte Version = 1;
    private const int HeaderLength = 16;

    public static byte[] Write(ReadOnlyMemory<byte> content)
    {
        (ContentEncoding encoding, ReadOnlyMemory<byte> data) = ContentPacking.Pack(content);
        byte[] file = new byte[HeaderLength + data.Length + ContentHash.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        file[4] = Version;
        file[5] = (byte)encoding;
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(8), content.Length);
        data.Span.CopyTo(file.AsSpan(HeaderLength));
        Span<byte> seal = file.AsSpan(HeaderLength + data.Length);
        SHA256.HashData(file.AsSpan(0, HeaderLength + data.Length), seal);
        return file;
    }

    /// <exception cref="InvalidDataException">Not such a file, cut short, or damaged.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < HeaderLength + ContentHash.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || bytes[4] != Version)
        {
            throw new InvalidDataException($"its {bytes.Length} bytes do not begin as a content of this version does");
        }

        int sealedLength = bytes.Length - ContentHash.Length;
        if (ContentHash.Of(bytes[..sealedLength]) != ContentHash.From(bytes[sealedLength..]))
        {
            throw new InvalidDataException("it does not match its own checksum");
        }

        return ContentPacking.Unpack(
            (ContentEncoding)bytes[5],
            file[HeaderLength..sealedLength],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
    }
}
