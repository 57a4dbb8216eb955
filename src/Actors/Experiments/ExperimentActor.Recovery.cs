using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Detection;
using DklActors.Actors.Interlock;
using DklActors.Actors.Placing;
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
    private bool _hasBegun;

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
        Receive<ControlRequest>(_ => Stash.Stash());
        Receive<SuspensionsHeard>(OnSuspensionsHeard);
        Receive<StandingTold>(_ => Begin());
    }

    private void Begin()
    {
        // Said again to one that was made anew, it may be in the mailbox already.
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        ReadJournalAsync(_appends.SettledAsync(), _ports.Background, _ports.Journal, _settings.RunId)
            .PipeTo(Self, failure: exception => new JournalLost(exception.Message));
    }

    private void Preparing()
    {
        WhileAlive();
        Receive<SamplePlaced>(OnSamplePlaced);
        Receive<SampleElsewhere>(OnSampleElsewhere);
        Receive<SampleNotPlaced>(OnSampleNotPlaced);
        Receive<SurveyTaken>(OnSurveyTaken);
        Receive<SurveyFailed>(OnScanFailed);
        Receive<ConditionsChecked>(_ => OnConditionsChecked());
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

            SpawnPlanner(prepared);
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
        Receive<SuspensionsHeard>(_ => { });
        Receive<StandingTold>(_ => { });
        Receive<ControlRequest>(request =>
        {
            Sender.Tell(ControlAnswer.Refused("The run is completed; nothing of it can be changed."));
            if (request.Control is StopAtPoint or AbortNow or HaltNow)
            {
                Finish(null);
            }
        });
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
        if (_state.Run != RunState.New)
        {
            Persist(Continue(), [], PlaceThenPrepare);
            return;
        }

        if (_settings.Transfer is not { } transfer)
        {
            Persist([Start()], [], PlaceThenPrepare);
            return;
        }

        var content = new Content("model", transfer.State.Content);
        Persist(
            [
                Start(),
                new ModelTransferred(
                    content.Hash.Hex, transfer.State.Engine, transfer.FromRun, transfer.FromVersion,
                    transfer.FromObservations),
            ],
            [content],
            PlaceThenPrepare);
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

    private void Prepare()
    {
        if (_stop is not null)
        {
            EndWhenDone();
            return;
        }

        if (_state.Survey is null)
        {
            _interlock.Tell(CheckConditions.Instance);
            return;
        }

        IEventStore store = _ports.Journal;
        var hash = ContentHash.Parse(_state.Survey.ImageHash);
        PrepareLearning(() => ImageCodec.Read(store.ReadContent(hash)));
    }

    /// <summary>Features of a large image take a while; they are computed off the actor's thread.</summary>
    private void PrepareLearning(Func<StructuralImage> load)
    {
        Func<CandidateSet, IDklEngine> createEngine = _ports.CreateEngine;
        IEventStore store = _ports.Journal;
        PatchWindow patch = _settings.Patch;
        IReadOnlyList<GridPoint>? sites = _settings.Sites;
        ulong seed = _settings.Seed;
        (ExperimentState state, PlanSettings recipePlan) = (_state, _settings.Plan);
        (IScalarizer recipeScalarizer, IRunChoices? choices) = (_ports.Scalarizer, _ports.Choices);
        _ports.Background.Start(() =>
        {
            StructuralImage image = load();
            CandidateSet candidates = CandidateSet.Among(image, patch, sites);
            IDklEngine engine = createEngine(candidates);
            ModelState? model = StateOf(state, store);
            return new Prepared(
                image,
                candidates,
                engine,
                model,
                model is null or { IsForeign: true } ? null : engine.Restore(model),
                SeedModel.Of(recipePlan, seed, state.Transfer, engine, store.ReadContent),
                ChosenPlan.ScalarizerOf(state, recipeScalarizer, choices),
                ChosenPlan.Of(state, recipePlan, choices));
        }).PipeTo(Self, failure: exception => new PreparationFailed(exception.GetBaseException().Message));
    }

    /// <summary>What the next training starts from: the last model, or that of another run before the first. Weights
    /// that fit other scalars are no better a start than any.</summary>
    private static ModelState? StateOf(ExperimentState state, IEventStore store) => state switch
    {
        { Model: { } last } => new ModelState(
            last.Engine, last.Version, store.ReadContent(ContentHash.Parse(last.StateHash))),
        { Transfer: { } other, Scalarizer: null } => new ModelState(
            other.Engine, ModelState.Foreign, store.ReadContent(ContentHash.Parse(other.StateHash))),
        _ => null,
    };

    private void OnPrepared(Prepared prepared)
    {
        Remember(prepared);
        _stage = Spawn(
            StageName,
            Props.Create(() => new StageActor(_ports.Microscope.Probe, _settings.Stage, _ports.Time)));
        _scalarizer = Spawn(
            ScalarizerName, Props.Create(() => new ScalarizerActor(_ports.Time)));
        _trainer = Spawn(
            TrainerName,
            Props.Create(() => new TrainerActor(
                prepared.Engine, _settings.Seed, _settings.Learning.Deadline, _ports.Time, _ports.Background)));
        SpawnPlanner(prepared);
        _trainer.Tell(new RememberModel(prepared.State, _journal!.Expected.Models, _generation));
        TakeUpUnfinishedPoints();
        BeginLooks();
        Become(Working);
        Stash.UnstashAll();
        JournalHold();
        RequestTraining();
        Pump();
    }

    private void Remember(Prepared prepared)
    {
        _image = prepared.Image;
        (_scalarizerNow, _planNow) = (prepared.Scalarizer, prepared.Plan);
        _stencil = Stencil.Of(_scalarizerNow.Neighbours, prepared.Image.Shape, _settings);
        _candidates = prepared.Candidates;
        _model = prepared.Model;
        _modelState = prepared.State;
        _observer.OnPrepared(prepared.Candidates);
    }

    private void SpawnPlanner(Prepared prepared)
    {
        (CandidateSet candidates, CandidateModel? seedModel) = (prepared.Candidates, prepared.SeedModel);
        _planner = Spawn(
            PlannerName,
            Props.Create(() => new PlannerActor(
                () => new Planner(candidates, _settings.Plan, _settings.Seed, seedModel), _ports.Time)));
        _planner.Tell(PlannerMemory());
    }

    /// <summary>What a new planner must know: where never to go again, every usable scalar, the model.</summary>
    private Remember PlannerMemory()
    {
        // Also points that are on their way to the journal: a planner made anew must not plan there again.
        var planned = _journal!.Expected.Points.Values.Select(PlannedPoint.Of);
        return new Remember(
            [.. planned],
            [.. Observations()],
            _model,
            _model is null ? 0 : _state.Model!.Observations,
            _planNow,
            _stencil.Within(_planNow),
            _planEpoch);
    }

    /// <summary>Planned points are measured as planned; frames without a scalar get theirs.</summary>
    private void TakeUpUnfinishedPoints()
    {
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
