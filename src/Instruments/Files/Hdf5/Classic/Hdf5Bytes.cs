using System.Buffers.Binary;
using System.Numerics;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>The bytes of an HDF5 file with what its superblock says about numbers.</summary>
internal sealed class Hdf5Bytes(DataFile file)
{
    // No structure that describes data comes near; data are read where they lie.
    private const long LargestStructure = 64L << 20;

    /// <summary>Where addresses count from.</summary>
    public long Base { get; init; }

    public int AddressBytes { get; init; } = 8;

    public int LengthBytes { get; init; } = 8;

    public DataFile File => file;

    /// <summary>Bytes from an address on; throws where the file has not as many.</summary>
    public byte[] Read(long address, long count) =>
        address < 0 || count < 0 || count > LargestStructure || Base + address > file.Length - count
            ? throw Damage($"{count} bytes at {address} are referred to, and the file has {file.Length}")
            : file.Read(Base + address, count);

    /// <summary>Bytes from an address on, fewer where the file ends.</summary>
    public byte[] ReadUpTo(long address, long count) =>
        Read(address, Math.Clamp(file.Length - Base - Math.Max(address, 0), 0, count));

    public void RequireSignature(ReadOnlySpan<byte> found, ReadOnlySpan<byte> expected, long address)
    {
        if (!found.StartsWith(expected))
        {
            throw Damage($"at {address} a structure '{System.Text.Encoding.ASCII.GetString(expected)}' is missing");
        }
    }

    /// <summary>The checksum that newer structures end with (Jenkins, lookup3, 2006).</summary>
    public void RequireChecksum(ReadOnlySpan<byte> bytes, uint expected, long address)
    {
        if (Checksum(bytes) != expected)
        {
            throw Damage($"the checksum of the structure at {address} is wrong");
        }
    }

    public DataFileException Damage(string problem) => new(
        file.Path, null, $"the HDF5 file is damaged: {problem}", "copy or save it again");

    public DataFileException Unread(string problem) => new(
        file.Path, null, problem, "rewrite the file with 'h5repack -f NONE' of the HDF5 tools, or save it again");

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xDEADBEEF + (uint)bytes.Length, b = a, c = a;
        while (bytes.Length > 12)
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            a = (a - c) ^ BitOperations.RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ BitOperations.RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ BitOperations.RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ BitOperations.RotateLeft(b, 4);
            b += a;
            bytes = bytes[12..];
        }

        if (bytes.Length == 0)
        {
            return c;
        }

        Span<byte> last = stackalloc byte[12];
        bytes.CopyTo(last);
        a += BinaryPrimitives.ReadUInt32LittleEndian(last);
        b += BinaryPrimitives.ReadUInt32LittleEndian(last[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(last[8..]);
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        c = (c ^ b) - BitOperations.RotateLeft(b, 24);
        return c;
    }
}
