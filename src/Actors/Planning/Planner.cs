using System.Collections.Immutable;
using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Planning;

/// <summary>
/// Decides where to measure next. A decision is a pure function of what its <see cref="PlanningBasis"/> names: the
/// model, the observations in their order, the pending points in theirs, and a seed; and of where the points of lower
/// number were planned.
/// </summary>
/// <remarks>
/// Train in the background, condition in the foreground: a new model is conditioned on the observations it was
/// trained on at once, and on every later one by a rank-one extension, in that order and no other, because rounding
/// differs between the two and a replay must give the same bits.
/// </remarks>
internal sealed class Planner
{
    private readonly CandidateSet _candidates;
    private readonly ulong _runSeed;
    private readonly ImmutableArray<int> _design;
    private readonly ModelDesign? _modelDesign;
    private readonly List<Observation> _observations = [];
    private readonly SortedDictionary<PointId, PlannedPoint> _trail = [];
    private readonly bool[] _taken;
    private readonly double[] _scores;
    private readonly HashSet<GridPoint> _planned = [];
    private PlanSettings _settings;
    private bool[] _outside;
    private bool[] _excluded;

    // Points of the trail that the model that chooses the seeds has been told of.
    private int _toldOfSeeds;

    /// <param name="candidates">Where points can be.</param>
    /// <param name="settings">What the run was started with, which its design follows from for good.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="seedModel">What chooses the seeds; needed where a model does.</param>
    public Planner(CandidateSet candidates, PlanSettings settings, ulong runSeed, CandidateModel? seedModel = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(settings);
        _candidates = candidates;
        _settings = settings;
        _runSeed = runSeed;
        _taken = new bool[candidates.Count];
        _outside = OutsideOf(settings, candidates);
        _excluded = [.. _outside];
        _scores = new double[candidates.Count];
        if (settings.ModelChoosesSeeds)
        {
            ArgumentNullException.ThrowIfNull(seedModel);
            _modelDesign = new ModelDesign(seedModel, RunSeeds.Design(runSeed));
            _design = [];
        }
        else
        {
            _design = DesignOf(candidates, settings, RunSeeds.Design(runSeed));
        }
    }

    /// <summary>What is believed now, or null before the first model.</summary>
    public Posterior? Posterior { get; private set; }

    public int Observations => _observations.Count;

    /// <summary>Number of points that it knows to be planned.</summary>
    public int Traced => _trail.Count;

    /// <summary>What the acquisition function said when it last decided, one value a candidate.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>
    /// Decides by other settings from now on. A design stays, less what they shut out; a model chooses the seeds that
    /// are left from what they allow.
    /// </summary>
    public void Use(PlanSettings settings)
    {
        _settings = settings;
        _outside = OutsideOf(settings, _candidates);
        _excluded = [.. _outside.Zip(_taken, static (outside, taken) => outside || taken)];
    }

    /// <summary>Learns a scalar. Where it was measured, not only where it was planned, is not planned again.</summary>
    public void Observe(Observation observation)
    {
        _observations.Add(observation);
        Take(observation.Candidate);
        Posterior = Posterior?.With(observation);
    }

    /// <exception cref="TrainingFailedException">
    /// The model cannot be conditioned on the observations; the belief stays what it was.
    /// </exception>
    public void Adopt(CandidateModel model, int observations)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(observations, _observations.Count);
        var posterior = Posterior.Condition(model, _observations.GetRange(0, observations));
        Posterior = _observations.Skip(observations).Aggregate(posterior, (belief, next) => belief.With(next));
    }

    /// <summary>Notes where a point was planned: never again there, and the probe goes there in its turn.</summary>
    public void Trace(PlannedPoint point)
    {
        if (_candidates.TryIndexOf(point.Target, out int candidate))
        {
            Take(candidate);
        }

        _trail[point.Id] = point;
        _planned.Add(point.Target);
    }

    /// <summary>Notes the neighbours that a planned point needs and that nothing was planned at before.</summary>
    /// <returns>Where they are; their points follow the planned one's in number.</returns>
    public ImmutableArray<GridPoint> AddNeighbours(PointId centre, GridPoint target, Stencil stencil)
    {
        ArgumentNullException.ThrowIfNull(stencil);
        ImmutableArray<GridPoint> missing =
            [.. stencil.Around(target).OfType<GridPoint>().Where(point => !_planned.Contains(point))];
        for (int i = 0; i < missing.Length; i++)
        {
            Trace(new PlannedPoint(new PointId(centre.Value + 1 + i), missing[i], null));
        }

        return missing;
    }

    /// <summary>Chooses the place for a point and notes it, or null when no candidate is left.</summary>
    /// <param name="point">Its number.</param>
    /// <param name="pending">Points that are taken for measured.</param>
    /// <param name="wish">Where a person wants it; null to choose.</param>
    public (GridPoint Target, PlanningBasis Basis)? Propose(
        PointId point, IReadOnlyList<PendingPoint> pending, GridPoint? wish = null)
    {
        (GridPoint Target, PlanningBasis Basis)? decision =
            wish is { } place ? ConsiderAt(point, place, pending) : Consider(point, pending);
        if (decision is { } made)
        {
            Trace(new PlannedPoint(point, made.Target, made.Basis.Reason));
        }

        return decision;
    }

    /// <summary>Chooses as <see cref="Propose"/> does, and does not take the point to be planned.</summary>
    public (GridPoint Target, PlanningBasis Basis)? Consider(PointId point, IReadOnlyList<PendingPoint> pending)
    {
        ulong seed = RunSeeds.Decision(_runSeed, point.Value);
        (int candidate, PlanningReason reason, double score) = Decide(point, seed, pending);
        if (candidate < 0)
        {
            return null;
        }

        return (_candidates.PointAt(candidate), BasisOf(candidate, reason, score, seed, pending));
    }

    /// <summary>A place that a person chose, with what is believed of it, and does not take it to be planned.</summary>
    /// <returns>Null for a place that is no candidate.</returns>
    public (GridPoint Target, PlanningBasis Basis)? ConsiderAt(
        PointId point, GridPoint target, IReadOnlyList<PendingPoint> pending)
    {
        ulong seed = RunSeeds.Decision(_runSeed, point.Value);
        return _candidates.TryIndexOf(target, out int candidate)
            ? (target, BasisOf(candidate, PlanningReason.Forced, double.NaN, seed, pending))
            : null;
    }

    private PlanningBasis BasisOf(
        int candidate, PlanningReason reason, double score, ulong seed, IReadOnlyList<PendingPoint> pending)
    {
        Posterior? belief = Posterior;
        return new PlanningBasis(
            reason,
            belief?.Model.Version ?? 0,
            _observations.Count,
            [.. pending.Select(other => other.Id)],
            seed,
            score,
            belief is null ? double.NaN : belief.Mean[candidate],
            belief is null ? double.NaN : belief.DeviationAt(candidate))
        {
            Remaining = RemainingOf(belief, seed),
        };
    }

    private double? RemainingOf(Posterior? belief, ulong seed)
    {
        if (belief is null || _settings.Follows is not { } aim)
        {
            return null;
        }

        bool[] left = aim == ConvergenceAim.Map ? _outside : _excluded;
        return Remaining.Of(
            aim, belief, [.. _observations.Select(static observation => observation.Value)], _settings.Goal, seed,
            candidate => !left[candidate]);
    }

    private void Take(int candidate)
    {
        _taken[candidate] = true;
        _excluded[candidate] = true;
    }

    private (int Candidate, PlanningReason Reason, double Score) Decide(
        PointId point, ulong seed, IReadOnlyList<PendingPoint> pending)
    {
        foreach (int seedPoint in _design)
        {
            if (!_excluded[seedPoint])
            {
                return (seedPoint, PlanningReason.Seed, double.NaN);
            }
        }

        PlannedPoint[] before =
            [.. _trail.TakeWhile(past => past.Key < point).Select(static past => past.Value)];
        if (_modelDesign is not null && SeedByModel(_modelDesign, before) is >= 0 and int seedByModel)
        {
            return (seedByModel, PlanningReason.Seed, _scores[seedByModel]);
        }

        if (Posterior is null)
        {
            return FillSpace();
        }

        Posterior belief = Posterior;
        foreach (PendingPoint other in pending)
        {
            if (_candidates.TryIndexOf(other.Target, out int candidate))
            {
                belief = belief.Believe(candidate);
            }
        }

        var trail = new ProbeTrail(_candidates, [.. before.Select(static past => past.Target)]);
        double best = _settings.Goal.BestOf(_observations.Select(observation => observation.Value));
        _settings.Acquisition.Score(
            new AcquisitionInput(belief, best, _settings.Goal, seed) { Trail = trail }, _scores);
        int chosen = NextPoint.Choose(_scores, _excluded);
        // Scores that are not numbers choose nothing, though there may be candidates.
        return chosen < 0 ? FillSpace() : (chosen, PlanningReason.Acquisition, _scores[chosen]);
    }

    /// <summary>
    /// The next seed, or −1 where enough are planned or no place is left. All that is planned, by a person too, counts
    /// as measured; neighbours do not, for nothing is learned of where they are.
    /// </summary>
    private int SeedByModel(ModelDesign design, PlannedPoint[] before)
    {
        if (before.Count(static point => point.Reason == PlanningReason.Seed) >= _settings.Seeds)
        {
            return NextPoint.None;
        }

        // In the order of their numbers and each once, so that a planner that is made anew comes to the same bits.
        foreach (PlannedPoint point in before.Where(static point => point.Reason is not null).Skip(_toldOfSeeds))
        {
            _toldOfSeeds++;
            // A journal that was tampered with may name any place.
            if (_candidates.TryIndexOf(point.Target, out int candidate))
            {
                design.Take(candidate);
            }
        }

        return design.Next(_outside, _excluded, _scores);
    }

    private (int Candidate, PlanningReason Reason, double Score) FillSpace()
    {
        List<int> taken =
            [.. Enumerable.Range(0, _taken.Length).Where(place => _taken[place] && !_outside[place])];
        int farthest = SeedDesign.FarthestFrom(_candidates, taken, _outside);
        return (farthest, PlanningReason.SpaceFilling, double.NaN);
    }

    private static bool[] OutsideOf(PlanSettings settings, CandidateSet candidates) =>
        [.. Enumerable.Range(0, candidates.Count).Select(place => !settings.Allows(candidates.PointAt(place)))];

    // Spread over the region as if there were nothing else.
    private static ImmutableArray<int> DesignOf(CandidateSet candidates, PlanSettings settings, ulong seed)
    {
        if (!settings.GivenSeeds.IsEmpty)
        {
            return [.. settings.GivenSeeds.Take(settings.Seeds).Select(point => IndexOf(candidates, point))];
        }

        CandidateSet allowed = settings.Region is null
            ? candidates
            : CandidateSet.Among(candidates.Image, candidates.Window, [.. PointsIn(settings.Region, candidates)]);
        ImmutableArray<int> design = settings.SeedDesign == SeedDesignKind.SpaceFilling
            ? SeedDesign.SpaceFilling(allowed, settings.Seeds, seed)
            : SeedDesign.Random(allowed, settings.Seeds, seed);
        return [.. design.Select(place => IndexOf(candidates, allowed.PointAt(place)))];
    }

    private static IEnumerable<GridPoint> PointsIn(PlanRegion region, CandidateSet candidates) =>
        Enumerable.Range(0, candidates.Count).Select(candidates.PointAt).Where(region.Contains);

    private static int IndexOf(CandidateSet candidates, GridPoint point) =>
        candidates.TryIndexOf(point, out int candidate)
            ? candidate
            : throw new InvalidOperationException($"{point} is no candidate.");
}
