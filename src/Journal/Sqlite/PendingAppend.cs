using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Serialization;

namespace DklActors.Journal.Sqlite;

/// <summary>An append on its way through the writer thread.</summary>
internal sealed class PendingAppend
{
    // The waiter's continuation must not run on the writer thread.
    private readonly TaskCompletionSource<ImmutableArray<StoredEvent>> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Encodes the request in its caller: one that cannot be encoded must not fail its neighbours.</summary>
    public PendingAppend(AppendRequest request)
    {
        Request = request;
        Messages = [.. request.Events.Select(EncodedEvent.Of)];
        Contents = request.Contents.IsDefault ? [] : [.. request.Contents.Select(EncodedContent.Of)];
    }

    public AppendRequest Request { get; }

    public ImmutableArray<EncodedEvent> Messages { get; }

    public ImmutableArray<EncodedContent> Contents { get; }

    public Task<ImmutableArray<StoredEvent>> Completion => _completion.Task;

    public void Commit(ImmutableArray<StoredEvent> stored) => _completion.TrySetResult(stored);

    public void Fail(Exception reason) => _completion.TrySetException(reason);
}

/// <summary>An event and its stored form.</summary>
internal readonly record struct EncodedEvent(JournalEvent Event, string Manifest, int SchemaVersion, byte[] Message)
{
    public static EncodedEvent Of(JournalEvent journalEvent) => new(
        journalEvent,
        EventCatalog.ManifestOf(journalEvent),
        EventCatalog.SchemaVersionOf(journalEvent),
        EventJson.Write(journalEvent));
}

/// <summary>A content and its stored form.</summary>
internal readonly record struct EncodedContent(Content Content, string Encoding, byte[] Data)
{
    public static EncodedContent Of(Content content)
    {
        (string encoding, byte[] data) = ContentEncoding.Encode(content.Bytes);
        return new EncodedContent(content, encoding, data);
    }
}
