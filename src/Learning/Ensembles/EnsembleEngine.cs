using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;
using DklActors.Learning.Scoring;
using DklActors.Messages.Models;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// Trains several models on the same observations, weighs them by leave-one-out scores, and learns from the errors left
/// how far their deviations may be trusted.
/// </summary>
/// <remarks>No single representation is best on every sample: the observations choose, point by point.</remarks>
public sealed class EnsembleEngine : IDklEngine
{
    /// <summary>Name and version, as it stands in the states that this engine writes.</summary>
    public const string Name = "managed-ensemble/1";

    // A lighter member changes no map that one could see, and costs as much as the heaviest.
    private const double LeastWeight = 0.01;

    // Beyond so many candidates in all, only the heaviest members predict: what they hold grows with their number.
    private const long MostRows = 1_000_000;

    private readonly ImmutableArray<EnsembleMember> _members;
    private readonly DklEngine[] _engines;
    private readonly string _name;
    private readonly string _arithmetic;
    private readonly int _mostMembers;
    private readonly int _threads;

    /// <exception cref="ArgumentException">An option is out of range, or there is no member.</exception>
    public EnsembleEngine(CandidateSet candidates, ImmutableArray<EnsembleMember> members)
        : this(candidates, members, MostRows)
    {
    }

    /// <param name="candidates">What may be measured.</param>
    /// <param name="members">The models.</param>
    /// <param name="mostRows">Most candidates in all, over the members that predict; one predicts at least.</param>
    internal EnsembleEngine(CandidateSet candidates, ImmutableArray<EnsembleMember> members, long mostRows)
        : this(
            Name, InstructionSet.Current, candidates, members,
            options => new ManagedDklEngine(candidates, options), mostRows)
    {
    }

    /// <param name="name">Name and version, as it stands in the states that this engine writes.</param>
    /// <param name="arithmetic">What the members are computed with, for the identity.</param>
    /// <param name="candidates">What may be measured.</param>
    /// <param name="members">The models.</param>
    /// <param name="create">Makes a member's engine from its options.</param>
    /// <param name="mostRows">Most candidates in all, over the members that predict; one predicts at least.</param>
    internal EnsembleEngine(
        string name,
        string arithmetic,
        CandidateSet candidates,
        ImmutableArray<EnsembleMember> members,
        Func<DklOptions, DklEngine> create,
        long mostRows = MostRows)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (members.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An ensemble needs at least one member.", nameof(members));
        }

        (_name, _arithmetic) = (name, arithmetic);
        _members = members;
        _mostMembers = (int)Math.Clamp(mostRows / candidates.Count, 1, members.Length);
        _threads = members[0].Options.ThreadCount;

        // Side by side they fill the machine better than each by itself.
        _engines = new DklEngine[members.Length];
        Tiles.ForEach(members.Length, 1, _threads, (k, _) =>
            _engines[k] = create(members[k].Options with { Threads = 1 }));
    }

    public string Identity => $"{_name} {_arithmetic}";

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<string> notes = [];
        ReadOnlyMemory<byte>[] warm = WarmStarts(request.WarmStart, notes);
        var trained = new TrainedModel?[_members.Length];
        var left = new LeaveOneOut?[_members.Length];
        double[][]?[] untrained = new double[_members.Length][][];
        var failures = new TrainingFailedException?[_members.Length];
        Tiles.ForEach(_members.Length, 1, _threads, (k, _) =>
        {
            try
            {
                TrainedModel member = _engines[k].Train(RequestOf(request, warm[k]), cancellationToken);
                left[k] = LeaveOneOut.Of((ProcessModel)member.Model, request.Observations);
                untrained[k] = UntrainedEvidence.DensitiesOf(_engines[k].Untrained(request), request.Observations);
                trained[k] = member;
            }
            catch (TrainingFailedException exception)
            {
                failures[k] = exception;
            }
        });
        if (trained.All(static one => one is null))
        {
            throw failures[0]!;
        }

        for (int k = 0; k < _members.Length; k++)
        {
            string? note = trained[k]?.Report.Note ?? failures[k]?.Message;
            if (note is not null && !notes.Any(known => known.EndsWith(note, StringComparison.Ordinal)))
            {
                notes.Add($"{_members[k].Name}: {note}");
            }
        }

        TrainedModel ensemble = Weigh(request, trained, left, notes);
        StructureEvidence? evidence = EvidenceOf(request, untrained, ensemble.Model.Scaling);
        return ensemble with { Report = ensemble.Report with { Evidence = evidence } };
    }

    public CandidateModel Restore(ModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        EnsembleState ensemble = Decode(state);
        var members = new ProcessModel?[_members.Length];
        Tiles.ForEach(_members.Length, 1, _threads, (k, _) =>
        {
            if (ensemble.Weights[k] > 0.0)
            {
                members[k] = _engines[k].RestoreProcess(StateOf(state.Version, ensemble.States[k]));
            }
        });
        return Mix(state.Version, members, ensemble);
    }

    /// <summary>Every member counts the same: nothing speaks for one of them yet.</summary>
    public CandidateModel Prior(ulong seed)
    {
        var members = new ProcessModel?[_members.Length];
        Tiles.ForEach(_mostMembers, 1, _threads, (k, _) => members[k] = _engines[k].PriorProcess(seed));
        return Mix(ModelState.Foreign, members, new EnsembleState(
            PredictiveShape.Normal,
            [.. members.Select(member => member is null ? 0.0 : 1.0 / _mostMembers)],
            []));
    }

    private static TrainingRequest RequestOf(TrainingRequest request, ReadOnlyMemory<byte> warm) => request with
    {
        WarmStart = warm.IsEmpty ? null : StateOf(request.WarmStart!.Version, warm),
    };

    // Who wrote a member's state is told by the ensemble's; any of the names will do here.
    private static ModelState StateOf(int version, ReadOnlyMemory<byte> content) =>
        new(ManagedDklEngine.Name, version, content);

    private TrainedModel Weigh(
        TrainingRequest request, TrainedModel?[] trained, LeaveOneOut?[] left, List<string> notes)
    {
        var evidence = new MemberEvidence(_members.Length, request.Observations, request.Seed);
        for (int k = 0; k < trained.Length; k++)
        {
            if (trained[k] is not null)
            {
                evidence.Add(k, left[k]!);
            }
        }

        double[] weights = Kept(evidence.Weights());
        var state = new EnsembleState(
            evidence.Calibrate(weights),
            [.. weights],
            [.. trained.Select(static one => one?.State.Content ?? ReadOnlyMemory<byte>.Empty)]);
        CandidateModel model = Mix(
            request.Version, Array.ConvertAll(trained, static one => (ProcessModel?)one?.Model), state);
        return new TrainedModel(
            new ModelState(_name, request.Version, state.Encode()),
            model,
            Report(trained, weights, notes));
    }

    private StructureEvidence? EvidenceOf(TrainingRequest request, double[][]?[] untrained, TargetScaling scaling)
    {
        List<double[]> structure = [], position = [];
        for (int k = 0; k < untrained.Length; k++)
        {
            (_members[k].UsesStructure ? structure : position).AddRange(untrained[k] ?? []);
        }

        double[] values = [.. request.Observations.Select(observation => scaling.Standardise(observation.Value))];
        return UntrainedEvidence.Weigh(structure, position, values, scaling.Scale, request.Seed);
    }

    private static TrainingReport Report(TrainedModel?[] trained, double[] weights, List<string> notes)
    {
        (TrainingReport Report, double Weight)[] parts =
        [
            .. trained.Zip(weights).Where(static pair => pair.First is not null)
                .Select(static pair => (pair.First!.Report, pair.Second)),
        ];
        return new TrainingReport(
            parts.Max(static part => part.Report.Epochs),
            parts.Sum(static part => part.Weight * part.Report.Loss),
            parts.All(static part => part.Report.Converged),
            Math.Sqrt(parts.Sum(static part => part.Weight * part.Report.NoiseDeviation * part.Report.NoiseDeviation)),
            notes.Count > 0 ? string.Join(" ", notes) : null);
    }

    /// <summary>The weights without those that are too light, or too many for the candidates; their sum is 1.</summary>
    private double[] Kept(double[] weights)
    {
        // Of equal ones the first, so that there are never too many.
        int[] heaviest =
            [.. Enumerable.Range(0, weights.Length).OrderByDescending(k => weights[k]).Take(_mostMembers)];
        double[] kept = new double[weights.Length];
        foreach (int k in heaviest)
        {
            kept[k] = k == heaviest[0] || weights[k] >= LeastWeight ? weights[k] : 0.0;
        }

        double sum = kept.Sum();
        return Array.ConvertAll(kept, weight => weight / sum);
    }

    private MixtureModel Mix(int version, ProcessModel?[] members, EnsembleState state) => new(
        version,
        [
            .. members.Select((process, k) => (process, k))
                .Where(member => member.process is not null && state.Weights[member.k] > 0.0)
                .Select(member => new WeightedProcess(
                    _members[member.k].Name, state.Weights[member.k], member.process!)),
        ],
        _threads)
    {
        Shape = state.Shape,
    };

    private EnsembleState Decode(ModelState state)
    {
        EngineNames.RequireOneOf(EngineNames.OfEnsembles, state.Engine);
        return EnsembleState.Decode(state.Content, _members.Length);
    }

    private ReadOnlyMemory<byte>[] WarmStarts(ModelState? state, List<string> notes)
    {
        if (state is not null)
        {
            try
            {
                return [.. Decode(state).States];
            }
            catch (InvalidDataException exception)
            {
                // A refit without its warm start is slower, not wrong.
                notes.Add($"The warm start was not used: {exception.Message}");
            }
        }

        return new ReadOnlyMemory<byte>[_members.Length];
    }
}
