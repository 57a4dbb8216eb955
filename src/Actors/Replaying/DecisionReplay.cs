using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Replaying;

/// <summary>
/// Follows a run through its events and makes each decision again from what its <see cref="PlanningBasis"/> names.
/// </summary>
/// <remarks>
/// The planner of the run conditioned on scalars as they came and took up models as they came, in an order of its own,
/// and what it believed depends on neither: a model is conditioned on what it was trained on at once and on each later
/// scalar one by one. So one planner goes along here too, and is told of scalars and models when a decision names them.
/// Only a decision that knew less than the one before it, as after a restart, has a planner made anew.
/// </remarks>
/// <param name="candidates">The candidates of the run.</param>
/// <param name="plan">What the planner was asked to do at the start.</param>
/// <param name="runSeed">Seed of the run.</param>
/// <param name="modelOf">
/// The model that an event tells of. Throws <see cref="InvalidDataException"/> where it cannot be restored.
/// </param>
/// <param name="start">The fold of the events before the first decision; none for a replay from the start.</param>
/// <param name="choices">Makes what persons chose since; null where nothing could be chosen.</param>
/// <param name="seedModelOf">
/// What chooses the seeds, asked for once where a model does; null where none does. Throws
/// <see cref="InvalidDataException"/> where it cannot be restored.
/// </param>
public sealed class DecisionReplay(
    CandidateSet candidates,
    PlanSettings plan,
    ulong runSeed,
    Func<ModelTrained, CandidateModel> modelOf,
    ExperimentState? start = null,
    IRunChoices? choices = null,
    Func<CandidateModel?>? seedModelOf = null)
{
    private readonly Dictionary<int, ModelTrained> _models = [];
    private readonly PlanSettings _recipe = plan;
    private CandidateModel? _seedModel;
    private Planner? _planner;
    private int _version;
    private string? _planProblem;

    /// <summary>The fold of the events so far.</summary>
    public ExperimentState State { get; private set; } = start ?? ExperimentState.Empty;

    /// <summary>What decisions follow from now: the plan of the start, or what persons chose since.</summary>
    public PlanSettings Plan { get; private set; } = plan;

    /// <summary>For a run's own source, from the state after its structural image on.</summary>
    public static DecisionReplay Of(RunSource source, CandidateSet candidates, ExperimentState start)
    {
        ArgumentNullException.ThrowIfNull(source);
        IDklEngine engine = source.CreateEngine(candidates);
        return Of(source, candidates, start, engine, new ModelShelf(source.Journal, engine));
    }

    internal static DecisionReplay Of(
        RunSource source, CandidateSet candidates, ExperimentState start, IDklEngine engine, ModelShelf shelf)
    {
        (PlanSettings plan, ulong seed) = (source.Settings.Plan, source.Settings.Seed);
        return new DecisionReplay(
            candidates, plan, seed, shelf.Get, start, source.Choices,
            () => SeedModel.Of(plan, seed, start.Transfer, engine, source.Journal.ReadContent));
    }

    /// <summary>Goes on by one event and makes no decision again.</summary>
    /// <exception cref="InvalidOperationException">No state follows from the event.</exception>
    public void Note(JournalEvent journalEvent)
    {
        State = State.Apply(journalEvent);
        if (journalEvent is ModelTrained trained)
        {
            _models[trained.Version] = trained;
        }

        switch (journalEvent)
        {
            case ScalarizerChanged:
                // Scalars and models are void; where points were planned is not.
                _planner = null;
                _models.Clear();
                break;
            case AcquisitionChanged or RegionChanged or RegionExcluded or DriftCorrected { Rejected: null }:
                Choose();
                break;
        }
    }

    private void Choose()
    {
        try
        {
            Plan = ChosenPlan.Of(State, _recipe, choices);
            _planProblem = null;
            _planner?.Use(Plan);
        }
        catch (Exception exception)
        {
            // Whatever makes choices throws what it likes; it is told where a decision would need them.
            _planProblem = exception.Message;
        }
    }

    /// <summary>Goes on by one event.</summary>
    /// <returns>The decision made again where the event is one; else null.</returns>
    /// <exception cref="InvalidOperationException">No state follows from the event.</exception>
    public RederivedDecision? Follow(JournalEvent journalEvent)
    {
        ExperimentState before = State;
        Note(journalEvent);
        if (journalEvent is not PointPlanned planned)
        {
            return null;
        }

        ExperimentState after = State;
        State = before;
        RederivedDecision decision = DecideAgain(planned);
        State = after;
        return decision;
    }

    /// <summary>The belief that follows from all so far: the last model, conditioned on every usable scalar.</summary>
    /// <returns>Null before the first model, and where the last one cannot be conditioned.</returns>
    /// <exception cref="InvalidDataException">The model cannot be restored.</exception>
    public Posterior? Belief()
    {
        if (State.Model is not { } model)
        {
            return null;
        }

        try
        {
            return PlannerFor(model.Version, State.Usable.Count).Posterior;
        }
        catch (TrainingFailedException)
        {
            _planner = null;
            return null;
        }
    }

    private RederivedDecision DecideAgain(PointPlanned planned)
    {
        PlanningBasis basis = planned.Basis;
        if (_planProblem is not null)
        {
            return new RederivedDecision(planned) { NotDerivable = _planProblem };
        }

        if (ProblemOf(planned) is { } problem)
        {
            return new RederivedDecision(planned) { Problem = problem };
        }

        Planner planner;
        try
        {
            planner = PlannerFor(basis.ModelVersion, basis.Observations);
        }
        catch (InvalidDataException exception)
        {
            _planner = null;
            return new RederivedDecision(planned) { NotDerivable = exception.Message };
        }
        catch (TrainingFailedException exception)
        {
            _planner = null;
            return new RederivedDecision(planned)
            {
                Problem = $"model {basis.ModelVersion} cannot be conditioned on its observations: {exception.Message}",
            };
        }

        ImmutableArray<PendingPoint> pending =
            [.. basis.Pending.Select(id => new PendingPoint(id, State.Points[id].Target))];
        // The probe went where it went, whatever follows now.
        var again = basis.Reason == PlanningReason.Forced
            ? planner.ConsiderAt(planned.Point, planned.Target, pending)
            : planner.Consider(planned.Point, pending);
        return RederivedDecision.Of(planned, again, planner, candidates);
    }

    private string? ProblemOf(PointPlanned planned)
    {
        PlanningBasis basis = planned.Basis;
        if (planned.Point.Value != State.Points.Count + 1)
        {
            return $"the next point is {new PointId(State.Points.Count + 1)}";
        }

        return basis.Observations < 0 || basis.Observations > State.Usable.Count
            ? $"{basis.Observations} observations are named, and there were {State.Usable.Count}"
            : basis.ModelVersion != 0 && !_models.ContainsKey(basis.ModelVersion)
                ? $"model {basis.ModelVersion} is named, and there was none"
                : basis.ModelVersion != 0 && _models[basis.ModelVersion].Observations > basis.Observations
                    ? $"model {basis.ModelVersion} was trained on more than {basis.Observations} observations"
                    : basis.Pending.FirstOrDefault(id => !State.Points.ContainsKey(id)) is { Value: > 0 } unknown
                        ? $"{unknown} is named as pending, and was never planned"
                        : null;
    }

    private Planner PlannerFor(int version, int observations)
    {
        bool goesOn = _planner is not null && version >= _version && observations >= _planner.Observations;
        if (!goesOn)
        {
            _seedModel ??= _recipe.ModelChoosesSeeds ? seedModelOf?.Invoke() : null;
            _planner = new Planner(candidates, _recipe, runSeed, _seedModel);
            _planner.Use(Plan);
            _version = 0;
        }

        for (int number = _planner!.Traced + 1; number <= State.Points.Count; number++)
        {
            _planner.Trace(PlannedPoint.Of(State.Points[new PointId(number)]));
        }

        for (int i = _planner.Observations; i < observations; i++)
        {
            _planner.Observe(ObservationOf(State.Points[State.Usable[i]]));
        }

        if (version != _version)
        {
            _planner.Adopt(modelOf(_models[version]), _models[version].Observations);
            _version = version;
        }

        return _planner;
    }

    private Observation ObservationOf(PointState point) => new(
        candidates.TryIndexOf(point.Frame!.Patch, out int candidate)
            ? candidate
            : throw new InvalidOperationException($"The patch {point.Frame.Patch} of {point.Id} is no candidate."),
        point.Scalar!.Value,
        point.Scalar.StandardError);
}
