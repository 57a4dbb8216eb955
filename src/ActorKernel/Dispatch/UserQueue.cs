using System.Threading.Channels;
using DklActors.ActorKernel.Configuration;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// The bounded queue of user messages. The channel itself is unbounded and the bound is counted here, because a
/// drop-mode bounded channel reports a dropped item as written, cannot spare the messages that must not be lost,
/// and cannot take back what an actor stashed. Many writers; one reader.
/// </summary>
internal sealed class UserQueue
{
    private readonly Channel<Envelope> _channel;
    private readonly MailboxDefinition _definition;
    private readonly bool _evicts;
    private readonly Lock _gate = new();

    // Read before the channel: unstashed messages, and undroppable ones that an eviction met. Under the gate.
    private readonly LinkedList<Envelope> _front = new();

    private int _droppableCount;
    private int _totalCount;
    private int _frontCount;

    public UserQueue(MailboxDefinition definition)
    {
        _definition = definition;
        _evicts = definition.Overflow is OverflowPolicy.DropOldest or OverflowPolicy.LatestOnly;
        _channel = Channel.CreateUnbounded<Envelope>(new UnboundedChannelOptions { SingleReader = !_evicts });
    }

    public enum Outcome
    {
        Accepted,
        Full,
        Closed,
    }

    public int Count => Volatile.Read(ref _totalCount);

    /// <param name="evicted">The older message that made room, if one had to.</param>
    public Outcome TryEnqueue(in Envelope envelope, out Envelope? evicted)
    {
        evicted = null;
        if (!_evicts)
        {
            return Write(envelope);
        }

        lock (_gate)
        {
            var bounded = envelope.Message is not IUndroppable;
            if (bounded && _droppableCount >= _definition.EffectiveCapacity)
            {
                evicted = EvictOldest_NeedsLock();
            }

            return Write(envelope);
        }
    }

    /// <summary>Only for the reader.</summary>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!_evicts && Volatile.Read(ref _frontCount) == 0)
        {
            return TryReadChannel(out envelope);
        }

        lock (_gate)
        {
            if (_front.First is not { } first)
            {
                return TryReadChannel(out envelope);
            }

            envelope = first.Value;
            _front.RemoveFirst();
            _frontCount--;
            Interlocked.Decrement(ref _totalCount);
            return true;
        }
    }

    /// <summary>Puts messages, in this order, before all others. They were within the bound once.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        lock (_gate)
        {
            for (var i = envelopes.Count - 1; i >= 0; i--)
            {
                _front.AddFirst(envelopes[i]);
            }

            _frontCount += envelopes.Count;
            Interlocked.Add(ref _totalCount, envelopes.Count);
        }
    }

    /// <summary>No write succeeds from now on; what is inside can still be read.</summary>
    public void Close() => _channel.Writer.TryComplete();

    private Outcome Write(in Envelope envelope)
    {
        var bounded = envelope.Message is not IUndroppable;
        if (bounded && Interlocked.Increment(ref _droppableCount) > _definition.EffectiveCapacity)
        {
            Interlocked.Decrement(ref _droppableCount);
            return Outcome.Full;
        }

        // Counted before it is written, so that no reader ever counts below zero.
        Interlocked.Increment(ref _totalCount);
        if (_channel.Writer.TryWrite(envelope))
        {
            return Outcome.Accepted;
        }

        Interlocked.Decrement(ref _totalCount);
        if (bounded)
        {
            Interlocked.Decrement(ref _droppableCount);
        }

        return Outcome.Closed;
    }

    private bool TryReadChannel(out Envelope envelope)
    {
        if (!_channel.Reader.TryRead(out envelope))
        {
            return false;
        }

        Interlocked.Decrement(ref _totalCount);
        if (envelope.Message is not IUndroppable)
        {
            Interlocked.Decrement(ref _droppableCount);
        }

        return true;
    }

    private Envelope? EvictOldest_NeedsLock()
    {
        while (TryReadChannel(out var oldest))
        {
            if (oldest.Message is not IUndroppable)
            {
                return oldest;
            }

            // Undroppable ones keep their place before everything that is still in the channel.
            _front.AddLast(oldest);
            _frontCount++;
            Interlocked.Increment(ref _totalCount);
        }

        return null;
    }
}
