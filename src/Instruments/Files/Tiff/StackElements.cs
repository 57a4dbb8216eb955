using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>Pages of the same size, one behind the other.</summary>
internal sealed class StackElements(IReadOnlyList<ElementStore> pages, long pageElements, int elementSize)
    : ElementStore
{
    public override void Read(long first, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            long page = first / pageElements;
            long within = first - (page * pageElements);
            int taken = (int)Math.Min(pageElements - within, bytes.Length / elementSize);
            pages[(int)page].Read(within, bytes[..(taken * elementSize)]);
            bytes = bytes[(taken * elementSize)..];
            first += taken;
        }
    }
}
