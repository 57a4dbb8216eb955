using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files.Elements;

/// <summary>
/// Elements that a file has as before × length × after, given as before × after × length: spectra of a file that
/// stores one image a channel, patterns of one that stores one scan a detector pixel.
/// </summary>
/// <remarks>
/// One position is scattered over the whole file, so that neighbours are read together: each read of the file serves
/// as many positions as fit a block of a few megabytes.
/// </remarks>
internal sealed class TransposedElements : CachedElements
{
    private const int BlockBytes = 8 << 20;

    private readonly ElementStore _stored;
    private readonly int _elementSize;
    private readonly long _length;
    private readonly long _after;
    private readonly int _rowsPerBlock;
    private readonly long _blocksPerGroup;

    public TransposedElements(ElementStore stored, int elementSize, long length, long after)
    {
        _stored = stored;
        _elementSize = elementSize;
        _length = length;
        _after = after;
        _rowsPerBlock = (int)Math.Clamp(BlockBytes / elementSize / length, 1, after);
        _blocksPerGroup = (after + _rowsPerBlock - 1) / _rowsPerBlock;
    }

    public override void Read(long first, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            long row = first / _length;
            long within = first - (row * _length);
            (long group, long position) = (row / _after, row % _after);
            long inGroup = position / _rowsPerBlock;
            long rows = Math.Min(_rowsPerBlock, _after - (inGroup * _rowsPerBlock));
            long from = ((position - (inGroup * _rowsPerBlock)) * _length) + within;
            long taken = Math.Min((rows * _length) - from, bytes.Length / _elementSize);
            Copy(
                (group * _blocksPerGroup) + inGroup,
                checked((int)(rows * _length * _elementSize)),
                checked((int)(from * _elementSize)),
                bytes[..(int)(taken * _elementSize)]);
            bytes = bytes[(int)(taken * _elementSize)..];
            first += taken;
        }
    }

    protected override void Fill(long block, Span<byte> bytes)
    {
        long group = block / _blocksPerGroup;
        long position = block % _blocksPerGroup * _rowsPerBlock;
        int rows = (int)(bytes.Length / _elementSize / _length);
        byte[] piece = new byte[rows * _elementSize];
        for (int i = 0; i < _length; i++)
        {
            _stored.Read((((group * _length) + i) * _after) + position, piece);
            switch (_elementSize)
            {
                case 1:
                    Scatter<byte>(piece, bytes, i);
                    break;
                case 2:
                    Scatter<ushort>(piece, bytes, i);
                    break;
                case 4:
                    Scatter<uint>(piece, bytes, i);
                    break;
                default:
                    Scatter<ulong>(piece, bytes, i);
                    break;
            }
        }
    }

    private void Scatter<T>(ReadOnlySpan<byte> piece, Span<byte> bytes, int index)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(piece);
        Span<T> to = MemoryMarshal.Cast<byte, T>(bytes);
        for (int row = 0; row < from.Length; row++)
        {
            to[(row * (int)_length) + index] = from[row];
        }
    }
}
