namespace DklActors.Instruments.Files.Elements;

/// <summary>Frames of equal length in a file, each behind a header of its own.</summary>
/// <param name="file">Where they lie.</param>
/// <param name="start">Offset of the first frame's elements.</param>
/// <param name="stride">Distance of the frames, bytes.</param>
/// <param name="frameElements">Elements of a frame.</param>
/// <param name="elementSize">Bytes of an element.</param>
internal sealed class FramedElements(DataFile file, long start, long stride, int frameElements, int elementSize)
    : ElementStore
{
    public override void Read(long first, Span<byte> bytes)
    {
        long element = first;
        while (bytes.Length > 0)
        {
            long frame = element / frameElements;
            int within = (int)(element - (frame * frameElements));
            int taken = Math.Min(frameElements - within, bytes.Length / elementSize);
            file.Read(start + (frame * stride) + ((long)within * elementSize), bytes[..(taken * elementSize)]);
            bytes = bytes[(taken * elementSize)..];
            element += taken;
        }
    }
}
