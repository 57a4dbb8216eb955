using System.Collections.Immutable;
using DklActors.Actors.Detection;
using DklActors.Actors.Interlock;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Scalarizing;
using DklActors.Actors.Stage;
using DklActors.Actors.Training;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;

namespace DklActors.Actors.Experiments;

/// <summary>
/// One experiment: an event-sourced state machine and the only writer of its stream. It decides nothing about the
/// physics; it keeps the order of things. What is durable moves it, what is asked of the workers follows from it.
/// </summary>
/// <remarks>
/// <code>
/// PointPlanned → probe placed → dose granted → ExposureIntended ─┐ (may happen while the last frame is read out)
///     ┌──────────────────────────────────────────────────────────┘
///     └→ unblank, expose, blank → read out → FrameRecorded → PointScalarized → planner conditions, trainer refits
/// </code>
/// Split by concern: recovery, measuring, learning, ending.
/// </remarks>
internal sealed partial class ExperimentActor : ReceiveActor, IWithTimers, IWithStash
{
    private readonly ExperimentSettings _settings;
    private readonly ExperimentPorts _ports;
    private readonly BeamGuard _guard;
    private readonly AppendsUnderWay _appends;
    private readonly ShieldedObserver _observer;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly long _startedAt;

    private ExperimentState _state = ExperimentState.Empty;
    private JournalSession? _journal;
    private StructuralImage? _image;
    private CandidateSet? _candidates;

    private IActorRef _interlock = ActorRefs.Nobody;
    private IActorRef _stage = ActorRefs.Nobody;
    private IActorRef _detector = ActorRefs.Nobody;
    private IActorRef _scalarizer = ActorRefs.Nobody;
    private IActorRef _trainer = ActorRefs.Nobody;
    private IActorRef _planner = ActorRefs.Nobody;

    public ExperimentActor(
        ExperimentSettings settings,
        ExperimentPorts ports,
        BeamGuard guard,
        AppendsUnderWay appends,
        IExperimentObserver observer)
    {
        _settings = settings;
        _ports = ports;
        _guard = guard;
        _appends = appends;
        _observer = new ShieldedObserver(observer, _log);
        _startedAt = ports.Time.GetTimestamp();
        Become(Recovering);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    // A worker that fails is made anew a few times; the experiment then repeats what it had asked of it. One that
    // goes on failing is stopped, and the run ends safely.
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(3, TimeSpan.FromMinutes(1), exception => exception switch
        {
            ActorInitializationException => Directive.Stop,
            _ => Directive.Restart,
        });

    private void Working()
    {
        WhileAlive();
        Receive<ProbePlaced>(OnProbePlaced);
        Receive<ProbeRefused>(refused => Abandon(refused.Point, refused.Reason));
        Receive<ExposureGranted>(granted => OnExposureGranted());
        Receive<ExposureVetoed>(OnExposureVetoed);
        Receive<BeamFree>(OnBeamFree);
        Receive<FrameReadOut>(OnFrameReadOut);
        Receive<ExposureFaulted>(OnExposureFaulted);
        Receive<RetryPoint>(retry => OnRetry(retry.Point));
        Receive<Scalarized>(OnScalarized);
        Receive<PointProposed>(OnPointProposed);
        Receive<NothingLeftToPlan>(_ => OnNothingLeft());
        Receive<BeliefChanged>(OnBeliefChanged);
        Receive<ModelRefused>(OnModelRefused);
        Receive<Trained>(OnTrained);
        Receive<TrainingGaveUp>(OnTrainingGaveUp);
        Receive<PlannerRestarted>(_ => OnPlannerRestarted());
        Receive<TrainerRestarted>(_ => OnTrainerRestarted());
    }

    /// <summary>What is heard in every state of a living run.</summary>
    private void WhileAlive()
    {
        Receive<Appended>(OnAppended);
        Receive<JournalLost>(lost => OnJournalLost(lost.Reason));
        Receive<WorkerOverdue>(overdue => End(new ExperimentFailed(
            $"The {overdue.Worker} did not answer within {overdue.Deadline.TotalSeconds:G3} s.")));
        Receive<ExposuresSuspended>(suspended => Hold(suspended.Name, suspended.Reason));
        Receive<ExposuresReleased>(released => Release(released.Name, "The condition has passed."));
        Receive<PauseRun>(pause => Hold(pause.By, pause.Reason));
        Receive<ResumeRun>(resume => Release(resume.By, resume.Reason));
        Receive<Terminated>(terminated => OnWorkerLost(terminated.ActorRef));
        Receive<BeamAlarm>(alarm => End(new ExperimentInterlocked(alarm.Reason)));
        Receive<StopRun>(OnStop);
        Receive<AbortRun>(abort => End(new ExperimentAborted(abort.By, abort.Reason)));
    }

    private void Persist(JournalEvent journalEvent, Action committed) => Persist([journalEvent], [], committed);

    private void Persist(ImmutableArray<JournalEvent> events, ImmutableArray<Content> contents, Action committed) =>
        _journal!.Append(events, contents, () =>
        {
            // Once the run is ending nothing is begun any more, least of all an exposure whose intent was on its way.
            if (!_ending)
            {
                committed();
            }
        });

    private void OnAppended(Appended appended)
    {
        foreach ((ImmutableArray<StoredEvent> events, Action committed) in _journal!.Complete(appended))
        {
            foreach (StoredEvent stored in events)
            {
                _state = _state.Apply(stored.Event);
                _observer.OnEvent(stored, _state);
            }

            committed();
        }
    }

    private static IActorRef Spawn(string name, Props props)
    {
        IActorRef child = Context.ActorOf(props, name);
        Context.Watch(child);
        return child;
    }
}
