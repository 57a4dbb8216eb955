using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Writing;

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

    public string Stream => Request.Stream;

    public ImmutableArray<EncodedEvent> Messages { get; }

    public ImmutableArray<EncodedContent> Contents { get; }

    public Task<ImmutableArray<StoredEvent>> Completion => _completion.Task;

    public void Commit(ImmutableArray<StoredEvent> stored) => _completion.TrySetResult(stored);

    public void Fail(Exception reason) => _completion.TrySetException(reason);
}
