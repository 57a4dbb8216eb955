namespace DklActors.ActorKernel;

/// <summary>A tree of actors with its clock, its dispatcher and its event stream.</summary>
public sealed class ActorSystem : IActorRefFactory, IDisposable
{
    private readonly TaskCompletionSource _terminated = new();
    private readonly ActorPath _tempRoot;
    private long _uids;
    private long _temps;

    private ActorSystem(string name, ActorSystemSettings settings)
    {
        Name = name;
        Settings = settings;
        var root = ActorPath.ForRoot(name);
        _tempRoot = root / "temp";
        DeadLetterRef = new DeadLetterActorRef(this, root / "deadLetters");
        DefaultDispatcher = settings.DefaultDispatcher();
        EventStream.SetLogLevel(settings.LogLevel);
        Log = Logging.GetLogger(this, $"ActorSystem({name})");
        CoordinatedShutdown = new CoordinatedShutdown(this);
        Guardian = new ActorCell(
            this,
            Props.Create(() => new GuardianActor()).WithSupervisorStrategy(settings.GuardianStrategy),
            new RootGuardianRef(this, root),
            root.Child("user", NextUid()));
        KernelMetrics.Add(this);
        Guardian.SelfRef.Start();
    }

    public string Name { get; }

    public ILoggingAdapter Log { get; }

    public IActorRef DeadLetters => DeadLetterRef;

    public EventStream EventStream { get; } = new();

    /// <summary>Ends when all actors have stopped.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal ActorCell Guardian { get; }

    internal ActorSystemSettings Settings { get; }

    internal DeadLetterActorRef DeadLetterRef { get; }

    internal MessageDispatcher DefaultDispatcher { get; }

    internal CoordinatedShutdown CoordinatedShutdown { get; }

    public static ActorSystem Create(string name) => Create(name, new ActorSystemSettings());

    public static ActorSystem Create(string name, ActorSystemSettings settings) =>
        ActorPath.IsValidPathElement(name)
            ? new ActorSystem(name, settings)
            : throw new ArgumentException($"\"{name}\" is not a name for an actor system.", nameof(name));

    public IActorRef ActorOf(Props props, string? name = null) => Guardian.ActorOf(props, name);

    public void Stop(IActorRef actor)
    {
        var reference = InternalActorRef.Of(actor);
        if (reference.System != this)
        {
            throw new ArgumentException($"{actor.Path} is not an actor of {this}.", nameof(actor));
        }

        reference.SendSystem(new Dispatch.Terminate());
    }

    /// <summary>Runs the coordinated shutdown, whose last phase stops all actors.</summary>
    public async Task Terminate()
    {
        await CoordinatedShutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
        await WhenTerminated.ConfigureAwait(false);
    }

    /// <summary>Begins to terminate and does not wait; await <see cref="Terminate"/> to wait.</summary>
    public void Dispose() => _ = Terminate();

    public override string ToString() => $"ActorSystem({Name})";

    internal long NextUid() => Interlocked.Increment(ref _uids);

    internal ActorPath NextTempPath() => _tempRoot / $"${Interlocked.Increment(ref _temps)}";

    internal void StopGuardian() => Guardian.SelfRef.SendSystem(new Dispatch.Terminate());

    internal void GuardianStopped()
    {
        KernelMetrics.Remove(this);
        DefaultDispatcher.Schedule(() => _terminated.TrySetResult());
        DefaultDispatcher.Dispose();
    }

    internal MailboxDefinition MailboxFor(Props props) => props.Mailbox is not { } name ? Settings.DefaultMailbox
        : Settings.Mailboxes.TryGetValue(name, out var defined) ? defined
        : throw new ConfigurationException(
            $"The mailbox \"{name}\" that {props.Type.Name} asks for is not defined. Add it to Mailboxes of the "
            + $"settings, which has: {string.Join(", ", Settings.Mailboxes.Keys.DefaultIfEmpty("none"))}.");
}
