using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;

namespace DklActors.Actors.Running;

/// <summary>
/// Runs one experiment to its end: the actor system around it, the beam guard under it. Whatever happens, the beam
/// is blanked and verified when <see cref="RunAsync"/> returns or throws.
/// </summary>
public sealed partial class ExperimentRunner : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownDeadline = TimeSpan.FromSeconds(10);

    private readonly ActorSystem _system;
    private readonly IActorRef _experiments;
    private readonly BeamGuard _guard;
    private readonly ExperimentSettings _settings;
    private readonly ExperimentPorts _ports;
    private readonly HoldBoard _holds = new();
    private readonly TaskCompletionSource _ended = new();

    /// <param name="settings">What to do.</param>
    /// <param name="ports">What to do it with; stays the caller's to dispose of, after this.</param>
    /// <param name="log">Takes log lines; must be quick and safe to call from any thread.</param>
    /// <param name="logLevel">Lines below it are not made.</param>
    public ExperimentRunner(
        ExperimentSettings settings,
        ExperimentPorts ports,
        RunLog log,
        RunLogLevel logLevel = RunLogLevel.Information)
        : this(settings, ports, log, () => CreateSystem(logLevel), new LeaseClockThread())
    {
    }

    internal ExperimentRunner(
        ExperimentSettings settings,
        ExperimentPorts ports,
        RunLog log,
        Func<ActorSystem> createSystem,
        ILeaseClock leaseClock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(ports);
        _settings = settings;
        _ports = ports;
        _guard = new BeamGuard(ports.Microscope.Beam, ports.Time, leaseClock);
        _system = createSystem();
        LogActor.Subscribe(
            _system,
            _system.ActorOf(
                Props.Create(() => new LogActor(log, settings.RunId, ports.Time))
                    .WithMailbox(PipelineSystem.DroppingMailbox),
                "log"));
        _experiments = _system.ActorOf(Props.Create(() => new ExperimentsActor()), "experiments");
    }

    /// <summary>Runs, or continues what the journal holds, until the run ends.</summary>
    public async Task<ExperimentOutcome> RunAsync(IExperimentObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        try
        {
            ExperimentEnded ended = await _experiments.Ask<ExperimentEnded>(
                new StartExperiment(_settings, _ports, _guard, _holds, observer),
                Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            return new ExperimentOutcome(ended.State, ended.Fault, _guard.Alarm);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>The beam as it is now, read back. From any thread.</summary>
    public BeamStatus Beam => _guard.Status;

    /// <summary>Signs of life of what blanks the beam in time, for a watchdog outside the process.</summary>
    public IBeamPulse Pulse => _guard;

    /// <summary>Who holds exposures back now. From any thread.</summary>
    public IReadOnlyList<RunHold> Holds => _holds.Holds;

    /// <summary>
    /// Asks something of the run. Abort, halt and hard pause blank the beam before this returns its task.
    /// </summary>
    /// <returns>
    /// Once the event that says so is durable; or why it was not done: illegal in this state, no such place, keys that
    /// make nothing, the run is over.
    /// </returns>
    /// <exception cref="OperationCanceledException">
    /// The answer is not waited for any more; what was asked may be done all the same.
    /// </exception>
    public Task<ControlAnswer> AskAsync(RunControl control, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(control);
        long suspension = 0;
        // The blanking does not queue behind anything.
        if (control is AbortNow or HaltNow)
        {
            _guard.Retire();
        }
        else if (control is HardPause)
        {
            suspension = _guard.Suspend();
        }

        return AskAsync(new ControlRequest(_settings.RunId, control, suspension), cancellationToken);
    }

    private async Task<ControlAnswer> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        Task<ControlAnswer> answer = _experiments.Ask<ControlAnswer>(
            request, Timeout.InfiniteTimeSpan, cancellationToken);
        Task first = await Task.WhenAny(answer, _ended.Task).ConfigureAwait(false);
        // Where both have come, the answer was first: a run answers before it ends.
        return first == answer || answer.IsCompleted
            ? await answer.ConfigureAwait(false)
            : ControlAnswer.Refused("The run has ended; its journal says how.");
    }

    /// <summary>Holds exposures back from the next point boundary on.</summary>
    public void Pause(string by, string reason) => Tell(new SoftPause(by, reason));

    /// <summary>Lets go of what the same person held back.</summary>
    public void Resume(string by, string reason) => Tell(new ResumeOne(by, reason));

    /// <summary>Ends the run at the next point boundary.</summary>
    public void Stop(string by, string reason) => Tell(new StopAtPoint(by, reason));

    /// <summary>Blanks the beam and ends the run now.</summary>
    public void Abort(string by, string reason)
    {
        // The blanking does not queue behind anything, and nothing that is queued unblanks again.
        _guard.Retire();
        Tell(new AbortNow(by, reason));
    }

    public async ValueTask DisposeAsync()
    {
        _guard.Retire();
        _ended.TrySetResult();
        try
        {
            await _system.Terminate().WaitAsync(ShutdownDeadline, _ports.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // An actor hangs in somebody's code, a driver or a plug-in. The run has ended and is journaled, the beam is
            // blanked and stays so: whoever waits for the end of this need not hang with it.
        }
        finally
        {
            _guard.Dispose();
        }
    }

    private static ActorSystem CreateSystem(RunLogLevel logLevel)
    {
        ActorSystem system = PipelineSystem.Create("dkl");
        system.EventStream.SetLogLevel(LogActor.LevelOf(logLevel));
        return system;
    }

    private void Tell(RunControl control) =>
        _experiments.Tell(new ControlRequest(_settings.RunId, control, 0), ActorRefs.Nobody);
}
