using System.Collections.Immutable;
using DklActors.Actors.Detection;
using DklActors.Actors.Interlock;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Scalarizing;
using DklActors.Actors.Snapshots;
using DklActors.Actors.Stage;
using DklActors.Actors.Training;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Experiments;

/// <summary>From an empty or an old journal to a running pipeline. A start is a recovery of nothing.</summary>
internal sealed partial class ExperimentActor
{
    // What the instrument says a scan takes, and as much again, and a moment for the data to come.
    private static readonly TimeSpan SurveyMargin = TimeSpan.FromSeconds(5);

    // What the scan for the structural image cost, once that is known; until then what was set aside for it counts.
    private double? _scanCharge;

    protected override void PreStart() => ReadJournalAsync(
        _appends.SettledAsync(), _ports.Background, _ports.Journal, _settings.RunId)
        .PipeTo(Self, failure: exception => new JournalLost(exception.Message));

    private static async Task<RecoveredRun> ReadJournalAsync(
        Task settled, TaskScheduler background, IEventStore store, string stream)
    {
        // An earlier life of this actor may have left appends under way, which belong to what is read here.
        await settled.ConfigureAwait(false);
        return await background.Start(() => RunRecovery.Recover(store, stream)).ConfigureAwait(false);
    }

    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _meter.Restarted("experiment");
        _log.Warning("The experiment is made anew from its journal after a fault: {Reason}", reason.Message);
        Context.Parent.Tell(new ExperimentRestarted());
    }

    private void Recovering()
    {
        Receive<RecoveredRun>(OnRecovered);
        Receive<JournalLost>(lost => OnJournalLost(lost.Reason));
        // What a person asks for is heard once it can be journaled. What stands is said again to an experiment that was
        // made anew, and may be in its mailbox already: each of these means the same when it is heard twice.
        Receive<PauseRun>(_ => Stash.Stash());
        Receive<ResumeRun>(_ => Stash.Stash());
        Receive<StopRun>(_ => Stash.Stash());
        Receive<AbortRun>(_ => Stash.Stash());
    }

    private void Preparing()
    {
        WhileAlive();
        Receive<SurveyTaken>(OnSurveyTaken);
        Receive<SurveyFailed>(failed => OnSurveyFailed(failed.Reason, failed.Took));
        Receive<Prepared>(OnPrepared);
        Receive<PreparationFailed>(failed => End(new ExperimentFailed(failed.Reason)));
    }

    /// <summary>A completed run is not continued; what was learned is shown again.</summary>
    private void Reviewing()
    {
        Receive<Prepared>(prepared =>
        {
            Remember(prepared);
            if (prepared.Model is null)
            {
                Finish(null);
                return;
            }

            SpawnPlanner(prepared.Candidates);
        });
        Receive<PreparationFailed>(failed => Finish(failed.Reason));
        Receive<BeliefChanged>(belief =>
        {
            _observer.OnBelief(belief.Posterior, belief.Observations);
            Finish(null);
        });
        Receive<WorkerFaulted>(OnWorkerFaulted);
        // Without a usable model there is no map to show, and nothing to wait for.
        Receive<ModelRefused>(_ => Finish(null));
        Receive<PlannerRestarted>(_ => Finish("The stored model cannot be planned with; the log says why."));
        Receive<Terminated>(_ => Finish("The planner cannot be made; the log says why."));
        Receive<StopRun>(_ => Finish(null));
        Receive<AbortRun>(_ => Finish(null));
    }

    private void OnRecovered(RecoveredRun read)
    {
        _state = read.State;
        _journal = new JournalSession(
            _ports.Journal, _settings.RunId, Self, _appends, _state, read.Events,
            new SnapshotPolicy(_settings.FirstSnapshot, read.SnapshotAt), _ports.Time);
        _log.Debug("{Events} events read from the journal; the run is {State}", read.Events, _state.Run);
        _observer.OnRecovered(read.Events, _state);
        if (_state.Started is { } started && started.RecipeHash != _settings.RecipeHash)
        {
            Finish(
                $"Run {_settings.RunId} was started with another recipe (hash {started.RecipeHash[..12]}…); "
                + "a run is continued with the recipe it was started with.");
            return;
        }

        Stash.UnstashAll();
        if (_state.Run == RunState.Completed)
        {
            _log.Info("The run is {State}; what it learned is shown again", _state.Run);
            Become(Reviewing);
            Prepare();
            return;
        }

        _interlock = Spawn(
            "interlock", Props.Create(() => new InterlockActor(_settings.Limits, _guard, _ports)));
        _detector = Spawn(DetectorName, Props.Create(() => new DetectorActor(_ports, _guard, _settings.Exposure)));
        Become(Preparing);
        Persist(_state.Run == RunState.New ? [Start()] : Continue(), [], Prepare);
    }

    private ExperimentStarted Start() => new(
        _settings.RunId,
        _settings.Name,
        _settings.Seed,
        _settings.RecipeHash,
        _ports.Microscope.Description,
        _ports.Scalarizer.Identity,
        _settings.Learning.Engine,
        _settings.Plan.Acquisition.Identity,
        _settings.Provenance);

    /// <summary>An intent that nothing answers may have been an exposure: charged in full, and known as such.</summary>
    private ImmutableArray<JournalEvent> Continue() =>
    [
        new ExperimentContinued(_ports.Journal.Epoch, _settings.Provenance),
        .. _state.Points.Values
            .Where(point => point.Stage == PointStage.Intended)
            .Select(point => new ExposureOutcomeUnknown(
                point.Id, point.Attempts, point.Intent!.ReservedElectrons)),
        .. ScanGivenUp("The process ended during the scan."),
    ];

    /// <summary>A scan that is under way and of which nothing will come, as the journal is to know it.</summary>
    private IEnumerable<JournalEvent> ScanGivenUp(string reason)
    {
        // An image may be on its way to the journal.
        if (_journal!.Expected.Dose.ReservedForScan is { } reserved)
        {
            yield return new SurveyLost(reason, _scanCharge ?? reserved);
        }
    }

    private void Prepare()
    {
        if (_stop is not null)
        {
            EndWhenDone();
            return;
        }

        if (_state.Survey is null)
        {
            TakeSurvey();
            return;
        }

        IEventStore store = _ports.Journal;
        var hash = ContentHash.Parse(_state.Survey.ImageHash);
        PrepareLearning(() => ImageCodec.Read(store.ReadContent(hash)));
    }

    private void TakeSurvey()
    {
        TimeSpan stated = _ports.Microscope.Survey.Duration;
        TimeSpan longest = (2 * stated) + SurveyMargin;
        if (_settings.Limits.TotalElectrons is { } most && _state.Dose.TotalElectrons + Charge(stated) > most)
        {
            End(new ExperimentInterlocked($"The structural image would exceed the total dose of {most:G4} electrons."));
            return;
        }

        Persist(
            new SurveyIntended(_ports.Microscope.Probe.ScanWindow, Charge(longest)),
            () => _detector.Tell(new TakeSurvey(longest)));
    }

    private void OnSurveyFailed(string reason, TimeSpan took)
    {
        _scanCharge = Charge(took);
        End(_guard.Alarm is { } alarm
            ? new ExperimentInterlocked(alarm)
            : new ExperimentFailed($"No structural image: {reason}"));
    }

    private void OnSurveyTaken(SurveyTaken taken)
    {
        StructuralImage image = taken.Image;
        if (ProblemOf(image) is { } problem)
        {
            // Not recorded as the image of this run, which could then never be continued with a better one.
            OnSurveyFailed(problem, taken.Took);
            return;
        }

        // The beam was on for no longer than the whole call took.
        double electrons = Charge(taken.Took);
        var content = new Content("image", ImageCodec.Write(image));
        Content? sites = _settings.Sites is { } places ? new Content("sites", PlacesCodec.Write(places)) : null;
        Content? seeds = _settings.Plan.GivenSeeds is { IsEmpty: false } given
            ? new Content("seeds", PlacesCodec.Write(given))
            : null;
        var measurable = new MeasurablePlaces(sites?.Hash.Hex, _settings.SiteExtent, seeds?.Hash.Hex);
        Persist(
            [
                new SurveyRecorded(
                    content.Hash.Hex,
                    image.Channel,
                    image.Shape,
                    image.PixelSize,
                    CandidatesIn(image),
                    electrons,
                    measurable),
            ],
            [content, .. new[] { sites, seeds }.OfType<Content>()],
            () => PrepareLearning(() => image));
    }

    private int CandidatesIn(StructuralImage image) =>
        CandidateSet.Among(image, _settings.Patch, _settings.Sites).Count;

    /// <summary>Why the image cannot be used, or null.</summary>
    private string? ProblemOf(StructuralImage image)
    {
        try
        {
            return CandidatesIn(image) > 0 ? null : "There is no candidate in it.";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Features of a large image take a while; they are computed off the actor's thread.</summary>
    private void PrepareLearning(Func<StructuralImage> load)
    {
        Func<CandidateSet, IDklEngine> createEngine = _ports.CreateEngine;
        IEventStore store = _ports.Journal;
        PatchWindow patch = _settings.Patch;
        IReadOnlyList<GridPoint>? sites = _settings.Sites;
        ModelTrained? last = _state.Model;
        // With neighbours it depends on the image which there are; those that are complete are looked for later.
        ImmutableArray<Neighbourhood> unfinished = _ports.Scalarizer.Neighbours.IsEmpty
            ?
            [
                .. _state.Points.Values.Where(point => point.AwaitsScalar)
                    .Select(point => new Neighbourhood(point.Frame!, [])),
            ]
            : [];
        _ports.Background.Start(() =>
        {
            StructuralImage image = load();
            CandidateSet candidates = CandidateSet.Among(image, patch, sites);
            IDklEngine engine = createEngine(candidates);
            ModelState? state = last is null
                ? null
                : new ModelState(
                    last.Engine, last.Version, store.ReadContent(ContentHash.Parse(last.StateHash)));
            IEnumerable<Scalarize> frames =
                unfinished.Select(frame => new Scalarize(frame.Centre.Point, frame.Read(store)));
            return new Prepared(
                image, candidates, engine, state, state is null ? null : engine.Restore(state), [.. frames]);
        }).PipeTo(Self, failure: exception => new PreparationFailed(exception.GetBaseException().Message));
    }

    private void OnPrepared(Prepared prepared)
    {
        Remember(prepared);
        _stage = Spawn(
            StageName,
            Props.Create(() => new StageActor(_ports.Microscope.Probe, _settings.Stage, _ports.Time)));
        _scalarizer = Spawn(
            ScalarizerName, Props.Create(() => new ScalarizerActor(_ports.Scalarizer, _ports.Time)));
        _trainer = Spawn(
            TrainerName,
            Props.Create(() => new TrainerActor(
                prepared.Engine, _settings.Seed, _settings.Learning.Deadline, _ports.Time, _ports.Background)));
        SpawnPlanner(prepared.Candidates);
        _trainer.Tell(new RememberModel(prepared.State));
        TakeUpUnfinishedPoints(prepared.Unfinished);
        Become(Working);
        JournalHold();
        RequestTraining();
        Pump();
    }

    private void Remember(Prepared prepared)
    {
        _image = prepared.Image;
        _stencil = Stencil.Of(_ports.Scalarizer.Neighbours, prepared.Image.Shape, _settings);
        _candidates = prepared.Candidates;
        _model = prepared.Model;
        _modelState = prepared.State;
        _observer.OnPrepared(prepared.Candidates);
    }

    private void SpawnPlanner(CandidateSet candidates)
    {
        _planner = Spawn(
            PlannerName,
            Props.Create(() => new PlannerActor(
                () => new Planner(candidates, _settings.Plan, _settings.Seed), _stencil, _ports.Time)));
        _planner.Tell(PlannerMemory());
    }

    /// <summary>What a new planner must know: where never to go again, every usable scalar, the model.</summary>
    private Remember PlannerMemory()
    {
        var planned = _state.Points.Values.Select(point => new PendingPoint(point.Id, point.Target));
        return new Remember(
            [.. planned],
            [.. Observations()],
            _model,
            _model is null ? 0 : _state.Model!.Observations);
    }

    /// <summary>Planned points are measured as planned; frames without a scalar get theirs.</summary>
    private void TakeUpUnfinishedPoints(ImmutableArray<Scalarize> frames)
    {
        foreach (Scalarize frame in frames)
        {
            Scalarize(frame);
        }

        foreach (PointState point in _state.Points.Values)
        {
            if (point.Stage == PointStage.Planned || IsToBeRepeated(point))
            {
                _queue.AddLast(point.Id);
            }
        }

        ScalarizeWhatIsComplete();
    }
}
