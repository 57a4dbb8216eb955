using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Scalarizing;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Replaying.Counterfactuals;

/// <summary>
/// Follows a run through its events as another choice would have seen them: the same frames under its scalarizer, a
/// model of its kind where one was trained, its acquisition function where a point was planned. The probe goes where it
/// went, so that at each decision both have the same measurements.
/// </summary>
/// <param name="recorded">The run as it was.</param>
/// <param name="other">The same journal with other settings, scalarizer or engine.</param>
/// <param name="isOtherLearning">
/// Whether scalars or models are others than the run's, so that models have to be trained anew.
/// </param>
public sealed class WhatIfReplay(RunSource recorded, RunSource other, bool isOtherLearning)
{
    // In the order of recording: how many usable scalars there were of the run, and of the other choice.
    private readonly List<(int Recorded, int Other)> _usable = [(0, 0)];
    private readonly Dictionary<int, ModelTrained> _models = [];
    private readonly Dictionary<int, TrainedModel> _trained = [];
    private readonly List<OtherScalar> _scalars = [];
    private readonly List<OtherDecision> _decisions = [];
    private readonly List<Observation> _observations = [];
    private readonly Dictionary<PointId, FrameRecorded> _frames = [];
    private CandidateSet? _candidates;
    private Stencil _stencil = null!;
    private DecisionReplay? _replay;
    private IDklEngine? _engine;
    private ModelShelf? _shelf;
    private int _failures;

    /// <returns>Null where the run ended before its structural image.</returns>
    /// <exception cref="InvalidDataException">A frame cannot be read, or a model not be restored.</exception>
    public WhatIfReport? Run(CancellationToken cancellationToken)
    {
        var state = ExperimentState.Empty;
        _replay = null;
        foreach (StoredEvent stored in recorded.Journal.Read(recorded.Stream))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_replay is null)
            {
                state = state.Apply(stored.Event);
                _replay = stored.Event is SurveyRecorded survey ? Begin(survey, state) : null;
                continue;
            }

            if (AsSeen(stored.Event, cancellationToken) is not { } seen)
            {
                continue;
            }

            RederivedDecision? decision = _replay.Follow(seen);
            if (decision is { Planned.Basis.Reason: PlanningReason.Acquisition, NotDerivable: null })
            {
                _decisions.Add(new OtherDecision(decision.Planned.Point, decision.Planned.Target, decision.Target));
            }
            else if (decision?.NotDerivable is { } why)
            {
                throw new InvalidDataException(why);
            }
        }

        return _replay is null
            ? null
            : new WhatIfReport([.. _scalars], [.. _decisions], _candidates!, _replay.Belief(), _failures);
    }

    private DecisionReplay Begin(SurveyRecorded survey, ExperimentState state)
    {
        StructuralImage image = ImageCodec.Read(
            recorded.Journal.ReadContent(ContentHash.Parse(survey.ImageHash)));
        _candidates = CandidateSet.Among(image, other.Settings.Patch, other.Settings.Sites);
        _stencil = Stencil.Of(other.Scalarizer.Neighbours, image.Shape, other.Settings);
        _engine = other.CreateEngine(_candidates);
        _shelf = new ModelShelf(recorded.Journal, _engine);
        return new DecisionReplay(
            _candidates,
            other.Settings.Plan,
            other.Settings.Seed,
            trained => isOtherLearning ? _trained[trained.Version].Model : _shelf.Get(trained),
            state,
            seedModelOf: SeedModelOf(state));
    }

    // Models of another kind cannot take over what the run was begun with.
    private Func<CandidateModel?> SeedModelOf(ExperimentState state) => () => SeedModel.Of(
        other.Settings.Plan, other.Settings.Seed, isOtherLearning ? null : state.Transfer, _engine!,
        recorded.Journal.ReadContent);

    /// <summary>The event as it would have been; null where it would not have been at all.</summary>
    private JournalEvent? AsSeen(JournalEvent journalEvent, CancellationToken cancellationToken)
    {
        switch (journalEvent)
        {
            case ScalarizerChanged or AcquisitionChanged:
                // Which of the two choices would then have been in force is nobody's to say.
                throw new InvalidDataException(
                    "A person chose another scalarizer or acquisition function while the run went on; what another "
                    + "choice from the start would have led to cannot be told from such a run.");
            case FrameRecorded frame:
                FrameRecorded seen = frame with
                {
                    Patch = _candidates!.NearestTo(
                        _replay!.State.OnSample(frame.Point, frame.Requested, frame.ReadBack)),
                };
                _frames[frame.Point] = seen;
                return seen;
            case PointScalarized scalarized:
                return Scalarize(scalarized);
            case ModelTrained model:
                return Train(model, cancellationToken);
            case PointPlanned planned:
                return planned with
                {
                    Basis = planned.Basis with
                    {
                        Observations = OthersOf(planned.Basis.Observations),
                        ModelVersion = LastBefore(planned.Basis.ModelVersion),
                    },
                };
            default:
                return journalEvent;
        }
    }

    private PointScalarized Scalarize(PointScalarized scalarized)
    {
        FrameRecorded frame = _frames[scalarized.Point];
        ScalarResult scalar = scalarized.Scalarizer == other.Scalarizer.Identity
            ? scalarized.Scalar
            : ScalarizerActor.Evaluate(
                other.Scalarizer,
                Neighbourhood.Of(_replay!.State, _replay.State.Points[scalarized.Point], _stencil, static _ => false)!
                    .Read(recorded.Journal));
        _scalars.Add(new OtherScalar(scalarized.Point, scalarized.Scalar, scalar));
        (int before, int otherBefore) = _usable[^1];
        bool isUsable = scalar.Quality != ScalarQuality.Bad;
        _usable.Add((
            before + (scalarized.Scalar.Quality == ScalarQuality.Bad ? 0 : 1),
            otherBefore + (isUsable ? 1 : 0)));
        if (isUsable && _candidates!.TryIndexOf(frame.Patch, out int candidate))
        {
            _observations.Add(new Observation(candidate, scalar.Value, scalar.StandardError));
        }

        return scalarized with { Scalar = scalar };
    }

    private ModelTrained? Train(ModelTrained model, CancellationToken cancellationToken)
    {
        ModelTrained seen = model with { Observations = OthersOf(model.Observations) };
        if (isOtherLearning)
        {
            ModelState? warm = _trained.GetValueOrDefault(LastBefore(model.WarmStart))?.State;
            ImmutableArray<Observation> observations = [.. _observations.Take(seen.Observations)];
            try
            {
                _trained[model.Version] = _engine!.Train(
                    new TrainingRequest(model.Version, observations, warm, model.Seed), cancellationToken);
            }
            catch (TrainingFailedException)
            {
                _failures++;
                return null;
            }

            Forget(model.Version);
        }

        _models[model.Version] = seen;
        return seen;
    }

    // Decisions name the newest model, or one that was so a moment ago.
    private void Forget(int version)
    {
        foreach (int old in _trained.Keys.Where(known => known < version - 3).ToList())
        {
            _trained.Remove(old);
            _models.Remove(old);
        }
    }

    /// <summary>Usable scalars of the other choice among the measurements that gave the run so many.</summary>
    private int OthersOf(int observations) => _usable.Find(counts => counts.Recorded == observations).Other;

    // Where a training of the other choice failed, the model before it stays in use.
    private int LastBefore(int version) => _models.Keys.Where(known => known <= version).DefaultIfEmpty(0).Max();
}
