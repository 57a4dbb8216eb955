namespace DklActors.Journal.Storage;

/// <summary>A raw frame, image or model state: bytes that are stored once under their hash.</summary>
public sealed class Content
{
    public Content(string kind, ReadOnlyMemory<byte> bytes)
    {
        Kind = kind;
        Bytes = bytes;
        Hash = ContentHash.Of(bytes.Span);
    }

    /// <summary>What it is, for people: frame, image, model.</summary>
    public string Kind { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public ContentHash Hash { get; }
}
