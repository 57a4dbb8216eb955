namespace DklActors.ActorKernel;

/// <summary>
/// Takes a system down in named phases, one after the other (the settings say which, in what order and for how long).
/// The tasks of a phase run side by side and have a time limit; one that fails or is late is logged, and the shutdown
/// goes on, for it must come to its end. In a phase without recovery it ends the shutdown with its error.
/// </summary>
public sealed class CoordinatedShutdown
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystem _system;
    private readonly Lock _gate = new();
    private readonly List<(ShutdownPhase Phase, string Name, Func<Task<Done>> Run)> _tasks = [];
    private Task<Done>? _run;

    internal CoordinatedShutdown(ActorSystem system)
    {
        _system = system;
        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            system.StopGuardian();
            await system.WhenTerminated.ConfigureAwait(false);
            return Done.Instance;
        });
    }

    /// <summary>Why it runs; null before.</summary>
    public Reason? ShutdownReason { get; private set; }

    private IEnumerable<ShutdownPhase> Phases => _system.Settings.ShutdownPhases.DistinctBy(phase => phase.Name);

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.CoordinatedShutdown;

    /// <summary>Adds to a phase that has yet to begin, also while the shutdown runs.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        ArgumentNullException.ThrowIfNull(task);
        var known = Named(phase);
        lock (_gate)
        {
            _tasks.Add((known, taskName, task));
        }
    }

    /// <summary>The time limit of a phase.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase) =>
        Phases.FirstOrDefault(known => known.Name == phase) is { } found
            ? LimitOf(found)
            : throw new ArgumentException($"There is no shutdown phase \"{phase}\".", nameof(phase));

    /// <summary>Runs once; later calls return the same task.</summary>
    /// <param name="fromPhase">The phases before it are left out.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var first = fromPhase is null ? Phases.First() : Named(fromPhase);
        lock (_gate)
        {
            if (_run is null)
            {
                ShutdownReason = reason;

                // By the dispatcher, so that no task runs under the lock or on the stack of an actor.
                var run = new TaskCompletionSource<Task<Done>>();
                _system.DefaultDispatcher.Schedule(() => run.SetResult(RunPhasesAsync(first)));
                _run = run.Task.Unwrap();
            }

            return _run;
        }
    }

    private TimeSpan LimitOf(ShutdownPhase phase) => phase.Timeout ?? _system.Settings.DefaultPhaseTimeout;

    private ShutdownPhase Named(string name) =>
        Phases.FirstOrDefault(phase => phase.Name == name) ?? throw new ConfigurationException(
            $"There is no shutdown phase \"{name}\". They are: "
            + $"{string.Join(", ", Phases.Select(phase => phase.Name))}.");

    private async Task<Done> RunPhasesAsync(ShutdownPhase first)
    {
        foreach (var phase in Phases.SkipWhile(phase => phase != first))
        {
            (ShutdownPhase Phase, string Name, Func<Task<Done>> Run)[] tasks;
            lock (_gate)
            {
                tasks = [.. _tasks.Where(task => task.Phase == phase)];
            }

            await Task.WhenAll(tasks.Select(task => RunTaskAsync(phase, task.Name, task.Run))).ConfigureAwait(false);
        }

        return Done.Instance;
    }

    private async Task RunTaskAsync(ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        var limit = LimitOf(phase);
        try
        {
            await run().WaitAsync(limit, _system.Settings.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException) when (phase.Recover)
        {
            _system.Log.Warning("Shutdown task {0} of phase {1} did not end within {2}.", name, phase.Name, limit);
        }
        catch (Exception exception) when (phase.Recover)
        {
            _system.Log.Error(exception, "Shutdown task {0} of phase {1} failed.", name, phase.Name);
        }
    }

    /// <summary>Why a system is shut down.</summary>
    public abstract class Reason;

    public sealed class UnknownReason : Reason
    {
        public static Reason Instance { get; } = new UnknownReason();
    }

    public sealed class ActorSystemTerminateReason : Reason
    {
        public static Reason Instance { get; } = new ActorSystemTerminateReason();
    }
}
