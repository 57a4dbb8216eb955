using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Tests.Support;

/// <summary>A journal in front of another one, into whose calls a test steps.</summary>
internal sealed class InterceptedStore(IEventStore inner) : IEventStore
{
    private Task _earlier = Task.CompletedTask;

    /// <summary>Called with each request, on the asker's thread; its task delays the news of the commit.</summary>
    public Func<AppendRequest, Task> OnAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Its task delays the commit itself, and with it every later one.</summary>
    public Func<AppendRequest, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when a request is durable, before anybody hears of it.</summary>
    public Action<AppendRequest> OnCommitted { get; set; } = _ => { };

    /// <summary>Called before a stream is read.</summary>
    public Action BeforeRead { get; set; } = () => { };

    /// <summary>Called before a content is read.</summary>
    public Action<ContentHash> OnReadContent { get; set; } = _ => { };

    public int Epoch => inner.Epoch;

    public ImmutableArray<string> Streams => inner.Streams;

    public async Task<ImmutableArray<StoredEvent>> AppendAsync(
        AppendRequest request, CancellationToken cancellationToken)
    {
        Task delay = OnAppend(request);
        Task<ImmutableArray<StoredEvent>> commit = CommitAsync(request, _earlier, cancellationToken);
        _earlier = commit;
        ImmutableArray<StoredEvent> stored = await commit;
        await delay;
        return stored;
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0)
    {
        BeforeRead();
        return inner.Read(stream, afterSequence);
    }

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash)
    {
        OnReadContent(hash);
        return inner.ReadContent(hash);
    }

    public ChainReport Verify() => inner.Verify();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ImmutableArray<StoredEvent>> CommitAsync(
        AppendRequest request, Task earlier, CancellationToken cancellationToken)
    {
        await BeforeCommit(request);
        await earlier;
        ImmutableArray<StoredEvent> stored = await inner.AppendAsync(request, cancellationToken);
        OnCommitted(request);
        return stored;
    }
}
