using System.Threading.Channels;
using DklActors.ActorKernel.Configuration;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// The two queues of one actor and the rule who runs next: all system messages, then up to a throughput of user
/// messages, system messages in between. At most one thread is inside <see cref="Execute"/> at a time.
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private readonly ActorCell _cell;
    private readonly MailboxDefinition _definition;
    private readonly MessageDispatcher _dispatcher;
    private readonly int _throughput;
    private readonly UserQueue _user;
    private readonly Channel<SystemMessage> _system =
        Channel.CreateUnbounded<SystemMessage>(new UnboundedChannelOptions { SingleReader = true });

    private int _systemCount;
    private int _scheduled;
    private int _overflowSignalled;

    // Touched only by the thread inside Execute. Suspend is a counter, for failures and siblings' failures nest.
    private int _suspendCount;
    private bool _closed;

    public Mailbox(ActorCell cell, MailboxDefinition definition, MessageDispatcher dispatcher, int throughput)
    {
        _cell = cell;
        _definition = definition;
        _dispatcher = dispatcher;
        _throughput = throughput;
        _user = new UserQueue(definition);
    }

    public int Count => _user.Count;

    public bool IsSuspended => _suspendCount > 0;

    private bool CanRunUser => _suspendCount == 0 && !_cell.IsAwaiting && !_closed;

    public void Enqueue(in Envelope envelope)
    {
        var outcome = _user.TryEnqueue(envelope, out var evicted);
        if (evicted is { } old)
        {
            CountDrop(old);
        }

        switch (outcome)
        {
            case UserQueue.Outcome.Accepted:
                Schedule();
                break;
            case UserQueue.Outcome.Full:
                CountDrop(envelope);
                SignalOverflow();
                break;
            default:
                _cell.System.DeadLetterRef.Undelivered(envelope, _cell.Self);
                break;
        }
    }

    public void EnqueueSystem(SystemMessage message)
    {
        Interlocked.Increment(ref _systemCount);
        if (_system.Writer.TryWrite(message))
        {
            Schedule();
            return;
        }

        Interlocked.Decrement(ref _systemCount);
        DeadLetterActorRef.HandleForDead(message);
    }

    public void Prepend(IReadOnlyList<Envelope> envelopes) => _user.Prepend(envelopes);

    public void Suspend() => _suspendCount++;

    public void Resume() => _suspendCount = Math.Max(0, _suspendCount - 1);

    /// <summary>Ends the mailbox: what it holds, and whatever comes later, is undelivered.</summary>
    public void Close()
    {
        _closed = true;
        _user.Close();
        while (_user.TryDequeue(out var envelope))
        {
            _cell.System.DeadLetterRef.Undelivered(envelope, _cell.Self);
        }

        _system.Writer.TryComplete();
        while (TryReadSystem(out var message))
        {
            DeadLetterActorRef.HandleForDead(message);
        }
    }

    public void Execute()
    {
        _cell.Enter();
        try
        {
            RunSystem();
            for (var left = _throughput; left > 0 && CanRunUser && _user.TryDequeue(out var envelope); left--)
            {
                _cell.Invoke(envelope);
                RunSystem();
            }
        }
        finally
        {
            _cell.Leave();
        }

        // The state must be read before the release: afterwards another thread may be inside.
        var userMayRun = CanRunUser;
        Interlocked.Exchange(ref _scheduled, 0);
        if (Volatile.Read(ref _systemCount) > 0 || (userMayRun && _user.Count > 0))
        {
            Schedule();
        }
    }

    private void RunSystem()
    {
        while (!_closed && TryReadSystem(out var message))
        {
            _cell.InvokeSystem(message);
        }
    }

    private bool TryReadSystem(out SystemMessage message)
    {
        if (!_system.Reader.TryRead(out message!))
        {
            return false;
        }

        Interlocked.Decrement(ref _systemCount);
        return true;
    }

    private void Schedule()
    {
        if (Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
        {
            _dispatcher.Schedule(this);
        }
    }

    private void CountDrop(in Envelope envelope)
    {
        KernelMetrics.DroppedMessages.Add(
            1, new KeyValuePair<string, object?>("policy", _definition.Overflow.ToString()));
        _cell.System.DeadLetterRef.Undelivered(envelope, _cell.Self);
    }

    private void SignalOverflow()
    {
        // One failure for one overflow: the signal is armed again when the actor has dealt with it.
        if (_definition.Overflow == OverflowPolicy.Fail
            && Interlocked.CompareExchange(ref _overflowSignalled, 1, 0) == 0)
        {
            EnqueueSystem(new MailboxOverflowed(new MailboxOverflowException(
                $"The mailbox of {_cell.Self.Path} is full ({_definition.EffectiveCapacity} messages). Give it a "
                + "larger capacity or another overflow policy, or make its senders slower.")));
        }
    }

    public override string ToString() => _cell.Self.Path.ToStringWithoutAddress();

    public void RearmOverflow() => Volatile.Write(ref _overflowSignalled, 0);
}
