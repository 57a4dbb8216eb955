namespace DklActors.ActorKernel;

internal sealed class StashBuffer(ActorCell cell, int capacity) : IStash
{
    private readonly Queue<Envelope> _stashed = new();
    private object? _lastMessage;

    public int Count => _stashed.Count;

    public int Capacity => capacity;

    public bool IsEmpty => _stashed.Count == 0;

    public bool IsFull => _stashed.Count >= capacity;

    public void Stash()
    {
        if (cell.CurrentEnvelope is not { } envelope)
        {
            throw new IllegalActorStateException($"{cell.Self.Path} has no current message to stash.");
        }

        if (ReferenceEquals(envelope.Message, _lastMessage) && _stashed.Count > 0)
        {
            throw new IllegalActorStateException(
                $"{cell.Self.Path} cannot stash the same message {envelope.Message} more than once.");
        }

        if (IsFull)
        {
            throw new StashOverflowException(
                $"The stash of {cell.Self.Path} is full ({capacity} messages). Unstash earlier, or raise "
                + "StashCapacity in the settings of the actor system.");
        }

        _stashed.Enqueue(envelope);
        _lastMessage = envelope.Message;
    }

    public void Unstash()
    {
        if (_stashed.TryDequeue(out var envelope))
        {
            cell.Mailbox.Prepend([envelope]);
        }
    }

    public void UnstashAll()
    {
        if (_stashed.Count > 0)
        {
            cell.Mailbox.Prepend([.. _stashed]);
            _stashed.Clear();
        }
    }
}
