namespace DklActors.ActorKernel;

internal sealed class StashBuffer(ActorCell cell, int capacity) : IStash
{
    private readonly Queue<Envelope> _stashed = new();
    private long _lastEnvelope;

    public int Count => _stashed.Count;

    public int Capacity => capacity;

    public bool IsEmpty => _stashed.Count == 0;

    public bool IsFull => _stashed.Count >= capacity;

    public void Stash()
    {
        var envelope = cell.CurrentEnvelope ?? throw new IllegalActorStateException(
            $"{cell.Self.Path} has no current message to stash.");
        if (cell.EnvelopeCount == _lastEnvelope)
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
        _lastEnvelope = cell.EnvelopeCount;
    }

    public void Unstash()
    {
        if (_stashed.TryDequeue(out var envelope))
        {
            cell.Unstash([envelope]);
        }
    }

    public void UnstashAll()
    {
        if (_stashed.Count > 0)
        {
            cell.Unstash([.. _stashed]);
            _stashed.Clear();
        }
    }
}
