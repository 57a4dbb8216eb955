using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Detection;
using DklActors.Actors.Drifting;
using DklActors.Actors.Interlock;
using DklActors.Actors.Metering;
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
/// Split by concern: recovery, placing, measuring, learning, following the drift, holding back, choosing, ending.
/// </remarks>
internal sealed partial class ExperimentActor : ReceiveActor, IWithTimers, IWithStash
{
    private static readonly TimeSpan SlowAppend = TimeSpan.FromSeconds(1);

    private readonly ExperimentSettings _settings;
    private readonly ExperimentPorts _ports;
    private readonly BeamGuard _guard;
    private readonly AppendsUnderWay _appends;
    private readonly HoldBoard _holdBoard;
    private readonly ShieldedObserver _observer;
    private readonly ILoggingAdapter _log;
    private readonly RunMeter _meter;
    private readonly long _startedAt;

    private ExperimentState _state = ExperimentState.Empty;
    private JournalSession? _journal;
    private StructuralImage? _image;
    private CandidateSet? _candidates;
    private Stencil _stencil = null!;

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
        HoldBoard holds,
        IExperimentObserver observer)
    {
        _settings = settings;
        _ports = ports;
        _guard = guard;
        _appends = appends;
        _holdBoard = holds;
        _log = Context.GetLogger().WithContext(RunLogLine.RunId, settings.RunId);
        _meter = new RunMeter(settings.RunId);
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
        Receive<ProbeRefused>(OnProbeRefused);
        Receive<ExposureGranted>(granted => OnExposureGranted());
        Receive<ExposureVetoed>(OnExposureVetoed);
        Receive<ScanGranted>(_ => OnScanGranted());
        Receive<ScanVetoed>(OnScanVetoed);
        Receive<SurveyTaken>(OnImageTaken);
        Receive<SurveyFailed>(OnNoImageTaken);
        Receive<DriftEstimated>(OnDriftEstimated);
        Receive<DriftNotEstimated>(OnDriftNotEstimated);
        Receive<LookAtDrift>(_ => OnLookAtDrift());
        Receive<BeamFree>(OnBeamFree);
        Receive<FrameReadOut>(OnFrameReadOut);
        Receive<ExposureFaulted>(OnExposureFaulted);
        Receive<RetryPoint>(retry => OnRetry(retry.Point));
        Receive<Scalarized>(OnScalarized);
        Receive<FramesRead>(OnFramesRead);
        Receive<ScalarizerMade>(OnScalarizerMade);
        Receive<PlanMade>(OnPlanMade);
        Receive<ChoiceFailed>(OnChoiceFailed);
        Receive<FramesLost>(lost => End(new ExperimentFailed(lost.Reason)));
        Receive<PointProposed>(OnPointProposed);
        Receive<NothingLeftToPlan>(OnNothingLeft);
        Receive<BeliefChanged>(OnBeliefChanged);
        Receive<ModelRefused>(OnModelRefused);
        Receive<TrainingToSend>(OnTrainingToSend);
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
        Receive<ExposuresSuspended>(suspended => Hold(
            new RunHold(suspended.Name, suspended.Reason, IsPerson: false, IsHard: false), ActorRefs.Nobody));
        Receive<ExposuresReleased>(released => Release(released.Name, "The condition has passed."));
        Receive<ControlRequest>(OnControl);
        Receive<SuspensionsHeard>(OnSuspensionsHeard);
        Receive<StandingTold>(_ => { });
        Receive<Terminated>(terminated => OnWorkerLost(terminated.ActorRef));
        Receive<WorkerFaulted>(OnWorkerFaulted);
        Receive<BeamAlarm>(OnBeamAlarm);
    }

    private void Persist(JournalEvent journalEvent, Action committed) => Persist([journalEvent], [], committed);

    private void Persist(ImmutableArray<JournalEvent> events, ImmutableArray<Content> contents, Action committed) =>
        Append(events, contents, () =>
        {
            // Once the run is ending nothing is begun any more, least of all an exposure whose intent was on its way.
            if (!_ending)
            {
                committed();
            }
        });

    private void Append(ImmutableArray<JournalEvent> events, ImmutableArray<Content> contents, Action committed)
    {
        _journal!.Append(events, contents, committed);
        _meter.InFlight = _journal.InFlight;
    }

    private void OnAppended(Appended appended)
    {
        foreach ((ImmutableArray<StoredEvent> events, Action committed, TimeSpan took) in
            _journal!.Complete(appended))
        {
            _meter.InFlight = _journal.InFlight;
            NoteAppend(events, took);
            foreach (StoredEvent stored in events)
            {
                ExperimentState before = _state;
                _state = _state.Apply(stored.Event);
                // The one place that log and metrics have the journal's facts from.
                RunNarration.Tell(_log, stored.Event, before, _state);
                _meter.Committed(stored.Event, _state);
                _observer.OnEvent(stored, _state);
            }

            (_firstCommitted, _lastCommitted) = (events[0].SequenceNumber, events[^1].SequenceNumber);
            committed();
        }
    }

    private void NoteAppend(ImmutableArray<StoredEvent> events, TimeSpan took)
    {
        _meter.Appended(took);
        if (took >= SlowAppend)
        {
            _log.Warning(
                "The journal took {ElapsedMs:F0} ms for {Events} events from {Event} on; {InFlight} appends wait",
                took.TotalMilliseconds, events.Length, events[0].Event.GetType().Name, _journal!.InFlight);
        }
    }

    private void OnWorkerFaulted(WorkerFaulted faulted)
    {
        _meter.Restarted(faulted.Worker);
        if (faulted.Point is { } point)
        {
            _log.Warning(
                "The {Worker} failed at point {Point} and is made anew: {Reason}",
                faulted.Worker, point, faulted.Fault.Message);
        }
        else
        {
            _log.Warning("The {Worker} failed and is made anew: {Reason}", faulted.Worker, faulted.Fault.Message);
        }
    }

    private static IActorRef Spawn(string name, Props props)
    {
        IActorRef child = Context.ActorOf(props, name);
        Context.Watch(child);
        return child;
    }
}
