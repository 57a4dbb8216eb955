using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Sqlite;

/// <summary>An append on its way through the writer thread.</summary>
internal sealed class PendingAppend(AppendRequest request)
{
    // The waiter's continuation must not run on the writer thread.
    private readonly TaskCompletionSource<ImmutableArray<StoredEvent>> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendRequest Request { get; } = request;

    public Task<ImmutableArray<StoredEvent>> Completion => _completion.Task;

    public void Commit(ImmutableArray<StoredEvent> stored) => _completion.TrySetResult(stored);

    public void Fail(Exception reason) => _completion.TrySetException(reason);
}
