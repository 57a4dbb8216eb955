namespace DklActors.Instruments.Files.Elements;

/// <summary>Elements in blocks of equal length, one after the other; the last may be shorter.</summary>
internal abstract class BlockElements(int elementSize, long count, int blockElements) : CachedElements
{
    public sealed override void Read(long first, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            long block = first / blockElements;
            int within = (int)(first - (block * blockElements));
            int length = (int)Math.Min(blockElements, count - (block * blockElements));
            int taken = Math.Min(length - within, bytes.Length / elementSize);
            Copy(block, length * elementSize, within * elementSize, bytes[..(taken * elementSize)]);
            bytes = bytes[(taken * elementSize)..];
            first += taken;
        }
    }
}
