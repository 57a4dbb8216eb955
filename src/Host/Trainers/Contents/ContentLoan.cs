using DklActors.Journal.Storage;

namespace DklActors.Host.Trainers.Contents;

/// <summary>A content that nodes may fetch until this is disposed of.</summary>
internal sealed class ContentLoan(ContentHash hash, Action end) : IDisposable
{
    private Action? _end = end;

    public string Hash { get; } = hash.Hex;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
