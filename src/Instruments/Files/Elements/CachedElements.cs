namespace DklActors.Instruments.Files.Elements;

/// <summary>
/// Elements that are read in blocks, since one alone would cost as much: the blocks used last are kept, within a
/// bound. One lock: a block is made once, however many ask for it.
/// </summary>
internal abstract class CachedElements : ElementStore
{
    private const long MostBytes = 64L << 20;
    private const int MostBlocks = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<(long Number, byte[] Bytes, int Length)> _blocks = [];
    private long _kept;

    /// <summary>Copies a part of a block.</summary>
    /// <param name="block">Number of the block.</param>
    /// <param name="blockBytes">Its length, always the same for the same block.</param>
    /// <param name="from">First byte wanted.</param>
    /// <param name="to">What to fill.</param>
    protected void Copy(long block, int blockBytes, int from, Span<byte> to)
    {
        lock (_lock)
        {
            Find_NeedsLock(block, blockBytes).AsSpan(from, to.Length).CopyTo(to);
        }
    }

    /// <summary>Makes a block; whatever it throws, the block is not kept.</summary>
    protected abstract void Fill(long block, Span<byte> bytes);

    private byte[] Find_NeedsLock(long block, int blockBytes)
    {
        for (var node = _blocks.First; node is not null; node = node.Next)
        {
            if (node.Value.Number == block)
            {
                if (node != _blocks.First)
                {
                    _blocks.Remove(node);
                    _blocks.AddFirst(node);
                }

                return node.Value.Bytes;
            }
        }

        byte[]? bytes = null;
        while (_blocks.Last is { } last && (_kept + blockBytes > MostBytes || _blocks.Count == MostBlocks))
        {
            _kept -= last.Value.Length;
            bytes = last.Value.Bytes.Length >= blockBytes ? last.Value.Bytes : bytes;
            _blocks.RemoveLast();
        }

        bytes ??= GC.AllocateUninitializedArray<byte>(blockBytes);
        Fill(block, bytes.AsSpan(0, blockBytes));
        _blocks.AddFirst((block, bytes, blockBytes));
        _kept += blockBytes;
        return bytes;
    }
}
