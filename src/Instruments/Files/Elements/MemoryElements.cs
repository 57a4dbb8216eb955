namespace DklActors.Instruments.Files.Elements;

/// <summary>Elements that were read already.</summary>
internal sealed class MemoryElements(ReadOnlyMemory<byte> elements, int elementSize) : ElementStore
{
    public override bool IsInMemory => true;

    public override void Read(long first, Span<byte> bytes) =>
        elements.Span.Slice(checked((int)(first * elementSize)), bytes.Length).CopyTo(bytes);
}
