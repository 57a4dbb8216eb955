namespace DklActors.ActorKernel.Configuration;

/// <summary>Everything that this kernel can do beyond Akka.NET's signatures, and the numbers behind them.</summary>
public sealed record ActorSystemSettings
{
    /// <summary>All time in the system: timers, timeouts and restart windows (monotonic), log stamps (UTC).</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public MailboxDefinition DefaultMailbox { get; init; } = MailboxDefinition.Default;

    /// <summary>Mailboxes by the name that <see cref="Props.WithMailbox"/> takes.</summary>
    public IReadOnlyDictionary<string, MailboxDefinition> Mailboxes { get; init; } =
        new Dictionary<string, MailboxDefinition>();

    /// <summary>Shared by all actors; the system disposes of it when it has terminated.</summary>
    public Func<MessageDispatcher> DefaultDispatcher { get; init; } = static () => new ThreadPoolDispatcher();

    /// <summary>Where all chance in the system comes from (the jitter of a backoff). Systems that must not act in step
    /// need different seeds.</summary>
    public int RandomSeed { get; init; }

    /// <summary>User messages that an actor handles before others get its thread.</summary>
    public int Throughput { get; init; } = 32;

    /// <summary>The most messages that one actor can stash.</summary>
    public int StashCapacity { get; init; } = 10_000;

    /// <summary>The time for an async handler and one message, where the mailbox sets no other. When it is over,
    /// the handler's token is cancelled and the actor fails with <see cref="HandlerDeadlineException"/>.</summary>
    public TimeSpan HandlerDeadline { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the stop or the restart of an actor waits for its cancelled async handler to end.</summary>
    public TimeSpan HandlerGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For Ask without a timeout of its own.</summary>
    public TimeSpan AskTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How the parent of all top-level actors supervises them.</summary>
    public SupervisorStrategy GuardianStrategy { get; init; } = SupervisorStrategy.DefaultStrategy;

    /// <summary>The phases of the coordinated shutdown, in order; a name counts once.</summary>
    public IReadOnlyList<ShutdownPhase> ShutdownPhases { get; init; } = ShutdownPhase.Defaults;

    /// <summary>The time for each phase that sets no other.</summary>
    public TimeSpan DefaultPhaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public LogLevel LogLevel { get; init; } = LogLevel.InfoLevel;

    /// <summary>Called on the logging actor's thread with every event at or above the level; must not block.</summary>
    public Action<LogEvent>? LogSink { get; init; }
}
