using System.Buffers.Binary;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Merlin;

/// <summary>Frames in the order in which the chip shifts them out, put in the order of rows.</summary>
internal sealed class MerlinRawElements(DataFile file, MerlinHeader header, int frames)
    : BlockElements(
        header.Bits <= 6 ? 1 : 2, (long)frames * header.Rows * header.Columns, header.Rows * header.Columns)
{
    private const int WordBytes = 8;

    protected override void Fill(long block, Span<byte> bytes)
    {
        byte[] raw = file.Read((block * (header.Bytes + header.FrameBytes)) + header.Bytes, header.FrameBytes);
        for (int at = 0, pixel = 0; at + WordBytes <= raw.Length; at += WordBytes)
        {
            // A word of 64 bits has its first pixel in its least bits.
            ulong word = BinaryPrimitives.ReadUInt64BigEndian(raw.AsSpan(at));
            int bits = header.Bits switch
            {
                1 => 1,
                6 => 8,
                _ => 16,
            };
            for (int shift = 0; shift < 64; shift += bits, pixel++)
            {
                ulong value = word >> shift;
                if (bits == 16)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * pixel)..], (ushort)value);
                }
                else
                {
                    bytes[pixel] = (byte)(bits == 1 ? value & 1 : value);
                }
            }
        }
    }
}
