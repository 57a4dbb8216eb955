using System.Collections.Concurrent;
using DklActors.ActorKernel.TestKit.Assertions;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>
/// What a test's actor has received and the test has not taken yet. One writer, the actor; one reader, the test.
/// </summary>
internal sealed class Arrivals(Waiter waiter)
{
    private const int HistoryLength = 10;

    private readonly ConcurrentQueue<MessageEnvelope> _received = new();
    private readonly ConcurrentQueue<string> _history = new();

    public Waiter Waiter => waiter;

    public bool HasMessages => !_received.IsEmpty;

    /// <summary>The latest arrivals, oldest first, taken or not.</summary>
    public IReadOnlyList<string> History => [.. _history];

    /// <summary>Messages that are left out; null for none.</summary>
    public Func<object, bool>? Ignored { get; set; }

    public void Add(object message, IActorRef sender)
    {
        if (Ignored?.Invoke(message) == true)
        {
            return;
        }

        _history.Enqueue($"  {Report.Of(message)} from {sender.Path}");
        if (_history.Count > HistoryLength)
        {
            _history.TryDequeue(out _);
        }

        _received.Enqueue(new MessageEnvelope(message, sender));
        waiter.Pulse();
    }

    public bool TryTake(out MessageEnvelope envelope) => _received.TryDequeue(out envelope);

    public bool TryPeek(out MessageEnvelope envelope) => _received.TryPeek(out envelope);
}
