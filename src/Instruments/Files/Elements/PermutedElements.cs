namespace DklActors.Instruments.Files.Elements;

/// <summary>
/// Elements whose dimensions stand in another order in the file. One step of the slowest dimension is put together at
/// a time, or less where that would be large.
/// </summary>
internal sealed class PermutedElements : CachedElements
{
    private const long LargestBlockBytes = 32 << 20;

    private readonly ElementStore _stored;
    private readonly int _elementSize;
    private readonly int[] _lengths;
    private readonly long[] _strides;
    private readonly long _block;
    private readonly long _count;

    /// <param name="stored">Elements in the order of the file.</param>
    /// <param name="elementSize">Bytes of one.</param>
    /// <param name="shape">Lengths in the file, slowest first.</param>
    /// <param name="order">Which dimension of the file stands first, second and so on here.</param>
    public PermutedElements(ElementStore stored, int elementSize, IReadOnlyList<int> shape, IReadOnlyList<int> order)
    {
        _stored = stored;
        _elementSize = elementSize;
        long[] strides = new long[shape.Count];
        long stride = 1;
        for (int i = shape.Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        _count = stride;
        _lengths = [.. order.Select(dimension => shape[dimension])];
        _strides = [.. order.Select(dimension => strides[dimension])];
        _block = stride;
        for (int i = 0; i < _lengths.Length - 1 && (i == 0 || _block * elementSize > LargestBlockBytes); i++)
        {
            _block /= Math.Max(_lengths[i], 1);
        }
    }

    public override void Read(long first, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            long number = first / _block;
            long within = first - (number * _block);
            int taken = (int)Math.Min(_block - within, bytes.Length / _elementSize);
            Copy(number, checked((int)(_block * _elementSize)), (int)within * _elementSize,
                bytes[..(taken * _elementSize)]);
            bytes = bytes[(taken * _elementSize)..];
            first += taken;
        }
    }

    protected override void Fill(long block, Span<byte> bytes)
    {
        int last = _lengths.Length - 1;
        int[] index = new int[_lengths.Length];
        long rest = block * _block;
        long at = 0;
        for (int d = last; d >= 0; d--)
        {
            index[d] = (int)(rest % _lengths[d]);
            rest /= _lengths[d];
            at += index[d] * _strides[d];
        }

        // Where neighbours are neighbours in the file too, a whole row is read at once.
        int run = _strides[last] == 1 ? _lengths[last] : 1;
        for (; bytes.Length > 0; bytes = bytes[(run * _elementSize)..])
        {
            _stored.Read(at, bytes[..(run * _elementSize)]);
            int d = run > 1 ? last - 1 : last;
            for (; d >= 0; d--)
            {
                at += _strides[d];
                if (++index[d] < _lengths[d])
                {
                    break;
                }

                at -= _strides[d] * _lengths[d];
                index[d] = 0;
            }
        }
    }
}
