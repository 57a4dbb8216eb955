namespace DklActors.ActorKernel;

/// <summary>
/// The life of one actor behind its reference, over all its incarnations: messages (here), children, death watch,
/// faults, lifecycle and async handlers (the other parts). All but ActorOf runs inside the mailbox, one thread at a
/// time, so the fields need no lock.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    private readonly InternalActorRef _parent;
    private readonly LocalActorRef _self;

    private ActorCell? _outer;
    private ActorBase? _actor;
    private Receive? _behaviour;
    private Stack<Receive>? _behavioursBelow;

    // Kept after a failure until it is dealt with: PreRestart sees the message, and Sender is still valid there.
    private Envelope? _currentEnvelope;

    public ActorCell(ActorSystem system, Props props, InternalActorRef parent, ActorPath path)
    {
        System = system;
        Props = props;
        _parent = parent;
        _self = new LocalActorRef(this, path);
        if (props.RouterConfig is Pool pool)
        {
            Props = Props.Create(() => new RouterActor()).WithSupervisorStrategy(pool.SupervisorStrategy);
            _self = new RouterRef(this, path, pool, props.WithRouter(null));
        }

        var definition = system.MailboxFor(Props);
        Mailbox = new Mailbox(this, definition, system.DefaultDispatcher);
    }

    /// <summary>The actor that runs on this thread now.</summary>
    [field: ThreadStatic]
    public static ActorCell? Current { get; private set; }

    public Mailbox Mailbox { get; }

    public ActorSystem System { get; }

    public Props Props { get; }

    public IActorRef Self => _self;

    public LocalActorRef SelfRef => _self;

    public IActorRef Parent => _parent;

    public IActorRef Sender => _currentEnvelope?.Sender ?? System.DeadLetters;

    /// <summary>The message being handled, for the stash.</summary>
    public Envelope? CurrentEnvelope => _currentEnvelope;

    /// <summary>Messages received so far, which tells the current one from an equal one before it.</summary>
    public long EnvelopeCount { get; private set; }

    public ILoggingAdapter Log(IActorRef about) => new BusLogging(System, about.Path.ToString(), Props.Type);

    public void Enter() => (_outer, Current) = (Current, this);

    public void Leave() => Current = _outer;

    public void Become(Receive receive) => _behaviour = receive;

    public void BecomeStacked(Receive receive)
    {
        // In a constructor there is none yet.
        if (_behaviour is not null)
        {
            (_behavioursBelow ??= new()).Push(_behaviour);
        }

        _behaviour = receive;
    }

    public void Become(UntypedReceive receive) => Become(Handled(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handled(receive));

    public void UnbecomeStacked()
    {
        if (_behavioursBelow?.TryPop(out var below) == true)
        {
            _behaviour = below;
        }
    }

    public void Invoke(in Envelope received)
    {
        var envelope = received;
        if (received.Message is TimerTick tick)
        {
            if (_timers is null || !_timers.TryAccept(tick))
            {
                return;
            }

            envelope = new Envelope(tick.Message, received.Sender);
        }

        _currentEnvelope = envelope;
        EnvelopeCount++;
        try
        {
            Handle(envelope.Message);
            _currentEnvelope = null;
        }
        catch (Exception exception)
        {
            HandleInvokeFailure(exception, perpetrator: null);
        }

        if (envelope.Message is not INotInfluenceReceiveTimeout)
        {
            ArmReceiveTimeout();
        }
    }

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void Handle(object message)
    {
        switch (message)
        {
            case PoisonPill:
                _self.SendSystem(new Terminate());
                break;
            case Kill:
                throw new ActorKilledException($"{Self.Path} received Kill.");
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            default:
                Deliver(message);
                break;
        }
    }

    private void Deliver(object message) => _actor!.AroundReceive(_behaviour!, message);

    private void HandleSystem(SystemMessage message)
    {
        switch (message)
        {
            case Create:
                CreateActor();
                break;
            case Suspend:
                SuspendAll(except: null);
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Recreate recreate:
                FaultRecreate(recreate);
                break;
            case Terminate:
                BeginTerminate();
                break;
            case Watch watch:
                AddWatcher(watch);
                break;
            case Unwatch unwatch:
                _watchedBy?.Remove(unwatch.Watcher);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case DeathWatchNotification notification:
                HandleDeath(notification);
                break;
            case Continuation continuation:
                RunContinuation(continuation);
                break;
            case InTurn turn:
                turn.Act();
                break;
        }
    }
}
