namespace DklActors.ActorKernel.Dispatch;

// One gate guards what writers and the reader share, so each claim is a glance at the code under it:
//
//   FIFO                a message is added, or not, under the gate, in the order in which senders enter it
//   exact bounds        whether there is room is decided where the message is added
//   no lost wakeup      "is it scheduled" is written where a message is added and where the reader finds none left
//   delivered or dead   Close shuts the gate before it takes what is inside
//
// Nothing foreign runs under the gate: neither the clock, nor the dispatcher, nor a dead letter's subscriber.

/// <summary>
/// The two queues of one actor and the rule who runs next: all system messages, then up to a throughput of user
/// messages, system messages in between. At most one thread, the reader, is inside <see cref="Execute"/> at a time.
/// </summary>
internal sealed partial class Mailbox(
    ActorCell cell, MailboxDefinition definition, MessageDispatcher dispatcher) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = cell.System.Settings.TimeProvider;

    // Under the gate. A parked mailbox may run no user message, so one that arrives needs no thread.
    private Ring<SystemMessage> _system;
    private bool _scheduled;
    private bool _parked;

    // Written under the gate; the reader, who will look again, reads it without.
    private volatile bool _systemWaits;
    private bool _overflowSignalled;

    // Touched only by the reader. Suspend is a counter, for failures and siblings' failures nest.
    private int _suspendCount;
    private bool _closed;

    public bool IsSuspended => _suspendCount > 0;

    private bool CanRunUser => _suspendCount == 0 && !cell.IsAwaiting && !_closed;

    public void Enqueue(in Envelope envelope)
    {
        var outcome = TryEnqueue(envelope, out var evicted);
        if (outcome == Outcome.Full && MayWait(envelope.Message))
        {
            outcome = EnqueueInTime(envelope);
        }

        if (outcome == Outcome.Full)
        {
            Drop(envelope);
            SignalOverflow();
        }
        else if (outcome == Outcome.Closed)
        {
            cell.System.DeadLetterRef.Undelivered(envelope, cell.Self);
        }
        else if (evicted.Message is not null)
        {
            Drop(evicted);
        }
    }

    public void EnqueueSystem(SystemMessage message)
    {
        bool closed, wakes;
        lock (_gate)
        {
            (closed, wakes) = (_closed, !_scheduled);
            if (!closed)
            {
                _system.AddLast(message);
                _scheduled = _systemWaits = true;
            }
        }

        if (closed)
        {
            DeadLetterActorRef.HandleForDead(message);
        }
        else if (wakes)
        {
            dispatcher.Schedule(this);
        }
    }

    public void Suspend() => _suspendCount++;

    public void Resume() => _suspendCount = Math.Max(0, _suspendCount - 1);

    /// <summary>Ends the mailbox: what it holds, and whatever comes later, is undelivered.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _room?.Set();
        }

        while (TryTake(out var envelope))
        {
            cell.System.DeadLetterRef.Undelivered(envelope, cell.Self);
        }

        while (TryTakeSystem(out var message))
        {
            DeadLetterActorRef.HandleForDead(message);
        }
    }

    public void Execute()
    {
        var handled = 0;
        cell.Enter();
        try
        {
            _now = _clock.GetTimestamp();
            if (_systemWaits)
            {
                RunSystem();
                EndMessage();
            }

            while (handled < cell.System.Settings.Throughput && CanRunUser && TryTake(out var envelope))
            {
                handled++;
                _busySince = _now;
                cell.Invoke(envelope);
                RunSystem();
                EndMessage();
            }
        }
        finally
        {
            cell.Leave();
        }

        KernelMetrics.Count(KernelMetrics.ProcessedMessages, cell.Self.Path, handled);
        bool again;
        lock (_gate)
        {
            // After this another thread may be inside.
            _parked = !CanRunUser;
            _scheduled = again = _systemWaits || (!_parked && _arrived.Count + _taken.Count > 0);
        }

        if (again)
        {
            dispatcher.Schedule(this);
        }
    }

    public override string ToString() => cell.Self.Path.ToStringWithoutAddress();

    private void RunSystem()
    {
        while (_systemWaits && !_closed && TryTakeSystem(out var message))
        {
            cell.InvokeSystem(message);
        }
    }

    private bool TryTakeSystem(out SystemMessage message)
    {
        lock (_gate)
        {
            var any = _system.TryRemoveFirst(out message!);
            _systemWaits = _system.Count > 0;
            return any;
        }
    }

    private void Drop(in Envelope envelope)
    {
        Interlocked.Increment(ref _dropped);
        KernelMetrics.Count(KernelMetrics.DroppedMessages, cell.Self.Path, "policy", definition.Overflow.ToString());
        cell.System.DeadLetterRef.Undelivered(envelope, cell.Self);
    }

    private void SignalOverflow()
    {
        // One failure for one overflow: the signal is armed again when the actor has dealt with it.
        if (definition.Overflow == OverflowPolicy.Fail && !Interlocked.Exchange(ref _overflowSignalled, true))
        {
            EnqueueSystem(new InTurn(() =>
            {
                Volatile.Write(ref _overflowSignalled, false);
                throw new MailboxOverflowException(
                    $"The mailbox of {cell.Self.Path} is full ({definition.EffectiveCapacity} messages). Give it a "
                    + "larger capacity or another overflow policy, or make its senders slower.");
            }));
        }
    }
}
