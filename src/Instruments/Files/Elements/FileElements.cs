namespace DklActors.Instruments.Files.Elements;

/// <summary>Elements in one piece of a file, read in place.</summary>
internal sealed class FileElements(DataFile file, long offset, int elementSize) : ElementStore
{
    public override void Read(long first, Span<byte> bytes) => file.Read(offset + (first * elementSize), bytes);
}
