using System.Security.Cryptography;
using System.Text;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>Ties a snapshot to the event after which it was made: it fits that chain and no other.</summary>
internal static class SnapshotSeal
{
    /// <summary>SHA-256 over the event's checksum, the manifest and the state.</summary>
    public static ContentHash Of(ContentHash lastEvent, string manifest, ReadOnlySpan<byte> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(lastEvent.ToBytes());
        hash.AppendData(Encoding.UTF8.GetBytes(manifest));
        hash.AppendData(state);
        return ContentHash.From(hash.GetHashAndReset());
    }
}
