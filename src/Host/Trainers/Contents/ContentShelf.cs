using DklActors.Journal.Storage;

namespace DklActors.Host.Trainers.Contents;

/// <summary>
/// What a daemon and its trainer nodes hand each other, by content hash: images and states that runs lend, states that
/// nodes hand in. In memory, since all of it is durable elsewhere or about to be. Safe for several threads.
/// </summary>
internal sealed class ContentShelf
{
    // States that nobody takes are results that came too late.
    private const long MostHandedIn = 256L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<ContentHash, Lent> _lent = [];
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _handedIn = [];
    private readonly LinkedList<ContentHash> _byAge = [];
    private long _bytesHandedIn;

    /// <summary>Bytes of the largest content that is taken in.</summary>
    public const int LargestContent = 64 << 20;

    /// <summary>Lends a content until its borrower ends.</summary>
    public ContentLoan Lend(ReadOnlyMemory<byte> content)
    {
        var hash = ContentHash.Of(content.Span);
        lock (_gate)
        {
            if (!_lent.TryGetValue(hash, out Lent? lent))
            {
                _lent[hash] = lent = new Lent(content);
            }

            lent.Loans++;
        }

        return new ContentLoan(hash, () => End(hash));
    }

    /// <summary>A content that is lent or was handed in.</summary>
    public bool TryGet(ContentHash hash, out ReadOnlyMemory<byte> content)
    {
        lock (_gate)
        {
            if (_lent.TryGetValue(hash, out Lent? lent))
            {
                content = lent.Content;
                return true;
            }

            return _handedIn.TryGetValue(hash, out content);
        }
    }

    /// <summary>Keeps what a node hands in until somebody takes it.</summary>
    /// <returns>False where the bytes have another hash.</returns>
    public bool HandIn(ContentHash hash, ReadOnlyMemory<byte> content)
    {
        if (ContentHash.Of(content.Span) != hash)
        {
            return false;
        }

        lock (_gate)
        {
            if (_handedIn.TryAdd(hash, content))
            {
                _byAge.AddLast(hash);
                _bytesHandedIn += content.Length;
            }

            while (_bytesHandedIn > MostHandedIn && _byAge.First!.Value != hash)
            {
                Drop(_byAge.First.Value);
            }
        }

        return true;
    }

    /// <summary>Takes what was handed in; it is not kept any longer.</summary>
    public bool TryTake(ContentHash hash, out ReadOnlyMemory<byte> content)
    {
        lock (_gate)
        {
            if (!_handedIn.TryGetValue(hash, out content))
            {
                return false;
            }

            Drop(hash);
            return true;
        }
    }

    private void Drop(ContentHash hash)
    {
        if (_handedIn.Remove(hash, out ReadOnlyMemory<byte> content))
        {
            _byAge.Remove(hash);
            _bytesHandedIn -= content.Length;
        }
    }

    private void End(ContentHash hash)
    {
        lock (_gate)
        {
            if (_lent.TryGetValue(hash, out Lent? lent) && --lent.Loans == 0)
            {
                _lent.Remove(hash);
            }
        }
    }

    private sealed class Lent(ReadOnlyMemory<byte> content)
    {
        public ReadOnlyMemory<byte> Content { get; } = content;

        public int Loans { get; set; }
    }
}
