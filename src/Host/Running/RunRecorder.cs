using System.Collections.Immutable;
using System.Threading.Channels;
using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Composition;
using DklActors.Host.Evidence;
using DklActors.Host.Reporting;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Running;

/// <summary>
/// Takes note of a run while it happens, for the terminal, the figures and the summary. Scores maps on a task of
/// its own, so that the experiment's thread is never held up.
/// </summary>
internal sealed class RunRecorder : IExperimentObserver
{
    // Beliefs change twice a measurement at most; when scoring cannot keep up, old ones are left out.
    private const int LongestQueue = 16;

    private readonly Channel<(Posterior Posterior, int Observations, ScalarizerChanged? Of)> _beliefs =
        Channel.CreateBounded<(Posterior, int, ScalarizerChanged?)>(new BoundedChannelOptions(LongestQueue)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });

    private readonly Func<long, IEnumerable<StoredEvent>> _readAfter;
    private readonly Func<CandidateSet, KnownMap?> _computeTruth;
    private readonly TaskCompletionSource<CandidateSet> _prepared =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Task _scoring;
    private readonly int _total;
    private readonly object _gate = new();

    // Under _gate.
    private ImmutableSortedDictionary<int, MapScore> _scores = ImmutableSortedDictionary<int, MapScore>.Empty;
    private ExperimentState _state = ExperimentState.Empty;
    private Goal _goal;
    private Posterior? _posterior;
    private MapScorer? _scorer;
    private string? _notice;
    private readonly SettledVerdict _verdict = new();
    private readonly UtilisationMeter _utilisation = new();
    private long _noted;

    /// <param name="goal">Which scalars are searched for.</param>
    /// <param name="total">Points that are to be measured.</param>
    /// <param name="readAfter">Reads the run's events after a sequence number from its journal.</param>
    /// <param name="computeTruth">Finds the true map, where there is one.</param>
    public RunRecorder(
        Goal goal,
        int total,
        Func<long, IEnumerable<StoredEvent>> readAfter,
        Func<CandidateSet, KnownMap?> computeTruth)
    {
        _readAfter = readAfter;
        _goal = goal;
        _total = total;
        _computeTruth = computeTruth;
        _scoring = Task.Run(ScoreBeliefsAsync);
    }

    /// <summary>The true map under a scalarizer that a person chose, where there is one; null for none.</summary>
    public Func<CandidateSet, ScalarizerChanged, KnownMap?>? TruthOf { get; init; }

    /// <summary>Which scalars are searched for after a person's choice; null where that stays as it was.</summary>
    public Func<AcquisitionChanged, Goal>? GoalOf { get; init; }

    /// <summary>What completes the run before all its points are measured.</summary>
    public RunBudget Budget { get; init; } = RunBudget.None;

    /// <summary>Takes note of one run of an experiment; what was recorded before is read from its journal.</summary>
    public static RunRecorder Of(Experiment experiment, ExperimentSettings settings, IJournalReader journal) => new(
        settings.Plan.Goal,
        settings.Plan.Total,
        after => journal.Read(settings.RunId, after),
        candidates => KnownMap.Of(experiment.Microscope, experiment.Scalarizer, candidates))
    {
        Budget = settings.Budget,
        TruthOf = (candidates, changed) => KnownMap.Of(
            experiment.Microscope, experiment.Design.Choices.Scalarizer(changed.Keys), candidates),
        GoalOf = changed => experiment.Design.Choices.Plan(changed.Keys).Goal,
    };

    /// <summary>The known map, once it was computed; null where there is none.</summary>
    public KnownMap? Truth
    {
        get
        {
            lock (_gate)
            {
                return _scorer?.Truth;
            }
        }
    }

    public bool HasTruth => Truth is not null;

    /// <summary>Score of the map by number of observations, as far as it was scored.</summary>
    public ImmutableSortedDictionary<int, MapScore> Scores
    {
        get
        {
            lock (_gate)
            {
                return _scores;
            }
        }
    }

    public void OnRecovered(long events, ExperimentState state)
    {
        lock (_gate)
        {
            _state = state;
            if (state.Acquisition is { } acquisition)
            {
                _goal = GoalOf?.Invoke(acquisition) ?? _goal;
            }

            // An experiment that was made anew has been told of already, but for what was on its way then.
            foreach (StoredEvent stored in events > _noted ? _readAfter(_noted) : [])
            {
                Note(stored);
            }
        }
    }

    public void OnPrepared(CandidateSet candidates) => _prepared.TrySetResult(candidates);

    public void OnEvent(StoredEvent stored, ExperimentState state)
    {
        lock (_gate)
        {
            _state = state;
            Note(stored);
            NoteChoice(stored.Event);
            _notice = stored.Event switch
            {
                RunPaused paused => $"paused by {paused.By}: {paused.Reason}",
                RunResumed => null,
                DriftCorrected { Rejected: { } rejected } => $"a look at the drift was rejected: {rejected}",
                DriftCorrected when _notice?.StartsWith("a look at", StringComparison.Ordinal) == true => null,
                StageMoved moved when state.IsDisplaced =>
                    $"a look at the drift is due: the stage was at {moved.Found} and was taken back",
                SurveyLost lost => $"no structural image: {lost.Reason}",
                ExposureFailed failed => $"{failed.Point}: {failed.Reason}",
                PointAbandoned abandoned => $"{abandoned.Point} given up: {abandoned.Reason}",
                TrainingFailed failed => $"training failed: {failed.Reason}",
                ExperimentInterlocked interlocked => interlocked.Reason,
                _ => _notice,
            };
        }
    }

    public void OnBelief(Posterior posterior, int observations)
    {
        lock (_gate)
        {
            _posterior = posterior;
            _beliefs.Writer.TryWrite((posterior, observations, _state.Scalarizer));
        }
    }

    public RunProgress Progress()
    {
        lock (_gate)
        {
            PointState? last = _state.Points.Values.LastOrDefault(point => point.Scalar is not null);
            PointState? best = RunRecord.BestOf(_state, _goal);
            ModelTrained? model = _state.Model;
            return new RunProgress
            {
                State = _state.Run,
                Measured = _state.Measured,
                Total = _total,
                LastPoint = last?.Target,
                LastValue = last?.Scalar!.Value,
                Best = best?.Scalar!.Value,
                BestAt = best?.Frame!.Patch,
                ModelVersion = model?.Version ?? 0,
                ModelAge = _state.Usable.Count - (model?.Observations ?? 0),
                LastTraining = model?.Took,
                Score = _scores.IsEmpty ? null : _scores[_scores.Keys.Last()],
                Electrons = _state.Dose.TotalElectrons,
                Budgets = [.. BudgetUse.Of(Budget, _state)],
                BeamUtilisation = _utilisation.Utilisation?.Overlapped,
                Structure = _verdict.Evidence,
                Drift = DriftSummary.Of(_state)?.Words,
                Notice = _notice,
            };
        }
    }

    /// <summary>Ends the scoring and hands over all that was noted.</summary>
    public async Task<RunRecord> FinishAsync()
    {
        _beliefs.Writer.Complete();
        _prepared.TrySetCanceled();
        await _scoring.ConfigureAwait(false);
        CandidateSet? candidates = _prepared.Task.IsCompletedSuccessfully
            ? await _prepared.Task.ConfigureAwait(false)
            : null;
        lock (_gate)
        {
            return new RunRecord(
                _readAfter(0), _state, RunRecord.BestOf(_state, _goal), candidates, _posterior, _scorer, _scores);
        }
    }

    private void NoteChoice(JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case ScalarizerChanged:
                // What was believed, and how well, was of another number.
                _posterior = null;
                _scores = _scores.Clear();
                break;
            case AcquisitionChanged changed:
                _goal = GoalOf?.Invoke(changed) ?? _goal;
                break;
        }
    }

    private void Note(StoredEvent stored)
    {
        if (stored.SequenceNumber <= _noted)
        {
            return;
        }

        _noted = stored.SequenceNumber;
        _utilisation.Note(stored.Event);
        if (stored.Event is ModelTrained trained)
        {
            _verdict.Note(trained.Report.Evidence);
        }
    }

    private async Task ScoreBeliefsAsync()
    {
        try
        {
            CandidateSet candidates = await _prepared.Task.ConfigureAwait(false);
            ScalarizerChanged? scored = null;
            MapScorer? scorer = ScorerFor(candidates, scored);
            await foreach ((Posterior posterior, int observations, ScalarizerChanged? of) in
                _beliefs.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if (of != scored)
                {
                    scored = of;
                    scorer = ScorerFor(candidates, scored);
                }

                if (scorer?.Score(posterior) is { } score)
                {
                    lock (_gate)
                    {
                        _scores = _state.Scalarizer == scored ? _scores.SetItem(observations, score) : _scores;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ended before there were candidates.
        }
        catch (Exception exception)
        {
            // Scores are for people to look at; the run and its report do without them.
            lock (_gate)
            {
                _notice = $"the map is not scored: {exception.Message}";
            }
        }
    }

    private MapScorer? ScorerFor(CandidateSet candidates, ScalarizerChanged? changed)
    {
        var scorer = MapScorer.For(changed is null ? _computeTruth(candidates) : TruthOf?.Invoke(candidates, changed));
        lock (_gate)
        {
            _scorer = scorer;
        }

        return scorer;
    }
}
