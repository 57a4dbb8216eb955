using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Elements that were never written.</summary>
internal sealed class ZeroElements : ElementStore
{
    public override void Read(long first, Span<byte> bytes) => bytes.Clear();
}
