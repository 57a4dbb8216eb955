using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Tests.Support;

/// <summary>A journal in front of another one, into whose calls a test steps.</summary>
internal sealed class InterceptedStore(IEventStore inner) : IEventStore
{
    /// <summary>Called with each request, on the asker's thread; its task delays the news of the commit.</summary>
    public Func<AppendRequest, Task> OnAppend { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before a content is read.</summary>
    public Action<ContentHash> OnReadContent { get; set; } = _ => { };

    public int Epoch => inner.Epoch;

    public ImmutableArray<string> Streams => inner.Streams;

    public async Task<ImmutableArray<StoredEvent>> AppendAsync(
        AppendRequest request, CancellationToken cancellationToken)
    {
        Task delay = OnAppend(request);
        ImmutableArray<StoredEvent> stored = await inner.AppendAsync(request, cancellationToken);
        await delay;
        return stored;
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => inner.Read(stream, afterSequence);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash)
    {
        OnReadContent(hash);
        return inner.ReadContent(hash);
    }

    public ChainReport Verify() => inner.Verify();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
