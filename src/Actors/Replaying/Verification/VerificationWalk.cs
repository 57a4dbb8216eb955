using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Scalarizing;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>One way through a run's events. Each is compared with what follows from those before it.</summary>
internal sealed partial class VerificationWalk(
    RunSource source, string instructionSet, int sideBySide, Action<long>? progress)
{
    // The walker waits for models; the reader goes ahead of it, so that trainings are under way by then.
    private const int MostEventsAhead = 2048;

    private readonly ExperimentSettings _settings = source.Settings;
    private Retraining? _retraining;
    private ModelShelf? _shelf;
    private DecisionReplay? _decisions;
    private ExperimentState _before = ExperimentState.Empty;
    private CandidateSet? _candidates;
    private Stencil _stencil = null!;
    private IScalarizer _scalarizer = source.Scalarizer;
    private StructuralImage? _image;
    private GridShape _shape;
    private string _software = string.Empty;
    private bool _isExact;
    private bool _isExactAhead;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;

    public Findings Findings { get; } = new();

    /// <summary>What the run itself spent on planning, training and scalarizing.</summary>
    public TimeSpan Computing { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (StoredEvent stored in ReadAhead())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!Fold(stored, out RederivedDecision? decision))
                {
                    return;
                }

                await CompareAsync(stored, decision, cancellationToken).ConfigureAwait(false);
                if (stored.Event is SurveyRecorded && _candidates is null)
                {
                    break;
                }

                progress?.Invoke(stored.Ordering);
            }
        }
        finally
        {
            if (_retraining is not null)
            {
                await _retraining.DisposeAsync().ConfigureAwait(false);
            }
        }

        NoteOtherSoftware();
    }

    private void NoteOtherSoftware()
    {
        if (!Findings.Divergences.IsEmpty && _software != _settings.Provenance.Software)
        {
            Findings.Note(
                $"This is {_settings.Provenance.Software}, which may compute otherwise than what wrote the run; only "
                + "that can tell whether it is the journal that was changed.");
        }
    }

    private IEnumerable<StoredEvent> ReadAhead()
    {
        var ahead = new Queue<StoredEvent>();
        using IEnumerator<StoredEvent> events = source.Journal.Read(source.Stream).GetEnumerator();
        bool isMore = true;
        while (true)
        {
            // The image comes before anything that could be announced.
            bool mayRead = ahead.Count == 0 || (_retraining is not null && _retraining.Waiting < 2 * sideBySide);
            if (isMore && mayRead && ahead.Count < MostEventsAhead)
            {
                isMore = events.MoveNext();
                if (isMore)
                {
                    Announce(events.Current);
                    ahead.Enqueue(events.Current);
                }
            }
            else if (ahead.TryDequeue(out StoredEvent? next))
            {
                yield return next;
            }
            else
            {
                yield break;
            }
        }
    }

    private void Announce(StoredEvent stored)
    {
        _isExactAhead = IsExactFrom(stored.Event) ?? _isExactAhead;
        _retraining?.Announce(stored, _isExactAhead);
    }

    private bool? IsExactFrom(JournalEvent journalEvent) => journalEvent switch
    {
        ExperimentStarted started => started.Provenance.InstructionSet == instructionSet,
        ExperimentContinued continued => continued.Provenance.InstructionSet == instructionSet,
        _ => null,
    };

    /// <summary>Whether a state follows. Nothing after an event that is illegal can be told.</summary>
    private bool Fold(StoredEvent stored, out RederivedDecision? decision)
    {
        decision = null;
        try
        {
            if (_decisions is null && stored.Event is PointPlanned or ModelTrained)
            {
                throw new InvalidOperationException("there is no structural image yet.");
            }

            if (_decisions is null)
            {
                _before = _before.Apply(stored.Event);
            }
            else
            {
                _before = _decisions.State;
                decision = _decisions.Follow(stored.Event);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException
            or KeyNotFoundException)
        {
            Findings.Compare(stored, CheckedThing.Events, new Difference(
                "event", $"{stored.Event.GetType().Name} as journaled", $"no state follows: {exception.Message}"));
            Findings.Note($"Nothing after event {stored.Ordering} was derived again.");
            return false;
        }

        return true;
    }

    private async Task CompareAsync(
        StoredEvent stored, RederivedDecision? decision, CancellationToken cancellationToken)
    {
        _isExact = IsExactFrom(stored.Event) ?? _isExact;
        switch (stored.Event)
        {
            case ExperimentStarted started:
                NoteProvenance(started.Provenance);
                Findings.Compare(stored, CheckedThing.Events, DifferencesOf(started));
                break;
            case ExperimentContinued continued:
                NoteProvenance(continued.Provenance);
                Findings.Same(CheckedThing.Events);
                break;
            case StageMoved or StageConfirmed:
                Place(stored);
                break;
            case SurveyRecorded survey:
                Findings.Same(CheckedThing.Events);
                Survey(stored, survey);
                break;
            case DriftCorrected look:
                Findings.Same(CheckedThing.Events);
                Drift(stored, look);
                break;
            case ScalarizerChanged changed:
                Choice(stored, changed.Identity, () => ChangeScalarizer().Identity);
                break;
            case AcquisitionChanged changed:
                Choice(stored, changed.Identity, () =>
                    ChosenPlan.Of(_decisions!.State, _settings.Plan, source.Choices).Acquisition.Identity);
                break;
            case FrameRecorded frame:
                Findings.Same(CheckedThing.Events);
                Findings.Compare(stored, CheckedThing.Patches, Difference.Of(
                    "patch",
                    frame.Patch,
                    _candidates!.NearestTo(_before.OnSample(frame.Point, frame.Requested, frame.ReadBack))));
                break;
            case PointScalarized scalarized:
                Computing += scalarized.Took;
                Findings.Same(CheckedThing.Events);
                Scalar(stored, scalarized);
                break;
            case ModelTrained model:
                Computing += model.Took;
                Findings.Same(CheckedThing.Events);
                await ModelAsync(stored, model, cancellationToken).ConfigureAwait(false);
                break;
            case PointPlanned planned:
                Computing += planned.Took;
                Findings.Same(CheckedThing.Events);
                Decision(stored, decision!);
                break;
            case NeighbourPlanned neighbour:
                Neighbour(stored, neighbour);
                break;
            case ExposureIntended or BudgetReached:
                Budget(stored);
                break;
            case TrainingFailed failed:
                Computing += failed.Took;
                Findings.Same(CheckedThing.Events);
                break;
            case ExperimentCompleted completed:
                Findings.Compare(stored, CheckedThing.Events, Difference.Of(
                    "measured", completed.Measured, _before.Measured));
                break;
            default:
                Findings.Same(CheckedThing.Events);
                break;
        }
    }

    private void NoteProvenance(Provenance provenance)
    {
        _software = provenance.Software;
        Findings.Note(
            $"Written by {provenance.Software} on {provenance.Host}; its instruction set "
            + (provenance.InstructionSet == "unknown"
                ? "is unknown, for that version did not note it."
                : $"was {provenance.InstructionSet}."));
        if (!_isExact)
        {
            Findings.Note(
                $"Here it is {instructionSet}: models are used as stored, not trained again, and predictions and "
                + $"scores are compared within {Tolerance.OfPredictions:G1} of the spread of scalars and scores.");
        }
    }

    private Difference[] DifferencesOf(ExperimentStarted started) =>
    [
        .. Difference.Of("recipeHash", started.RecipeHash, _settings.RecipeHash),
        .. Difference.Of("seed", started.Seed, _settings.Seed),
        .. Difference.Of("acquisition", started.Acquisition, _settings.Plan.Acquisition.Identity),
        .. Difference.Of("engine", started.Engine, _settings.Learning.Engine),
    ];

    private void Survey(StoredEvent stored, SurveyRecorded survey)
    {
        StructuralImage image;
        try
        {
            image = ImageCodec.Read(source.Journal.ReadContent(ContentHash.Parse(survey.ImageHash)));
            _candidates = CandidateSet.Among(image, _settings.Patch, _settings.Sites);
            (_image, _shape) = (image, image.Shape);
            _stencil = Stencil.Of(_scalarizer.Neighbours, _shape, _settings);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            Findings.Compare(
                stored, CheckedThing.Survey, new Difference("image", "a structural image", exception.Message));
            return;
        }

        Findings.Compare(stored, CheckedThing.Survey,
        [
            .. Difference.Of("shape", survey.Shape, image.Shape),
            .. Difference.Of("channel", survey.Channel, image.Channel),
            .. Difference.Of("pixelSize", survey.PixelSize, image.PixelSize),
            .. Difference.Of("candidates", survey.Candidates, _candidates.Count),
        ]);
        IDklEngine engine = source.CreateEngine(_candidates);
        _retraining = new Retraining(source.Journal, _candidates, engine, sideBySide, _before.Transfer);
        _shelf = new ModelShelf(source.Journal, engine);
        _decisions = DecisionReplay.Of(source, _candidates, _before, engine, _shelf);
    }

    private void Scalar(StoredEvent stored, PointScalarized scalarized)
    {
        if (scalarized.Scalarizer != _scalarizer.Identity)
        {
            Findings.NotDerivable(
                CheckedThing.Scalars,
                $"Scalars were made by {scalarized.Scalarizer}, and here there is {_scalarizer.Identity}: they "
                + "are used as journaled.");
            NoteSpread(scalarized.Scalar);
            return;
        }

        ScalarResult was = scalarized.Scalar;
        ScalarResult now;
        try
        {
            PointState point = _before.Points[scalarized.Point];
            now = ScalarizerActor.Evaluate(
                _scalarizer,
                Neighbourhood.Of(_before, point, _stencil, static _ => false)!.Read(source.Journal));
        }
        catch (InvalidDataException exception)
        {
            Findings.Compare(
                stored, CheckedThing.Scalars, new Difference("frame", "a frame", exception.Message));
            return;
        }

        NoteSpread(was);
        Difference[] differences =
        [
            .. Difference.Of("value", was.Value, now.Value),
            .. Difference.Of("standardError", was.StandardError, now.StandardError),
            .. Difference.Of("quality", was.Quality, now.Quality),
        ];
        bool isNear = !_isExact && was.Quality == now.Quality
            && Tolerance.Covers(was.Value, now.Value, Math.Abs(was.Value), Tolerance.OfScalars)
            && Tolerance.Covers(was.StandardError, now.StandardError, was.StandardError, Tolerance.OfScalars);
        if (isNear && differences.Length > 0)
        {
            Findings.Near(CheckedThing.Scalars, Math.Abs(was.Value - now.Value) / Math.Abs(was.Value));
            return;
        }

        Findings.Compare(stored, CheckedThing.Scalars, differences);
    }

    private void NoteSpread(ScalarResult scalar)
    {
        if (scalar.Quality != ScalarQuality.Bad)
        {
            (_least, _most) = (Math.Min(_least, scalar.Value), Math.Max(_most, scalar.Value));
        }
    }

    private async Task ModelAsync(StoredEvent stored, ModelTrained model, CancellationToken cancellationToken)
    {
        Difference[] named =
        [
            .. Difference.Of("seed", model.Seed, RunSeeds.Training(_settings.Seed, model.Version)),
            .. model.Observations > _before.Usable.Count
                ? Difference.Of("observations", model.Observations, _before.Usable.Count)
                : [],
        ];
        Task<TrainedModel>? training = _retraining!.Take(stored.Ordering);
        if (named.Length > 0)
        {
            Findings.Compare(stored, CheckedThing.Models, named);
            return;
        }

        if (training is null)
        {
            UseAsStored(model);
            return;
        }

        Difference[] differences;
        try
        {
            TrainedModel again = await training.WaitAsync(cancellationToken).ConfigureAwait(false);
            var hash = ContentHash.Of(again.State.Content.Span);
            differences =
            [
                .. Difference.Of("stateHash", model.StateHash, hash.Hex),
                .. Difference.Of("report", model.Report, again.Report),
            ];
            if (hash.Hex == model.StateHash)
            {
                _shelf!.Put(model, again.Model);
            }
        }
        catch (TrainingFailedException exception)
        {
            differences = [new Difference("stateHash", model.StateHash, exception.Message)];
        }

        if (differences.Length > 0 && ChangeSince(model) is { } change)
        {
            Findings.NotDerivable(CheckedThing.Models, change);
            return;
        }

        Findings.Compare(stored, CheckedThing.Models, differences);
    }

    private void UseAsStored(ModelTrained model)
    {
        if (ChangeSince(model) is { } change)
        {
            Findings.NotDerivable(CheckedThing.Models, change);
        }
        else
        {
            Findings.AsStored(CheckedThing.Models);
        }
    }

    /// <summary>Why the model is beyond this version, or null where it can be restored.</summary>
    private string? ChangeSince(ModelTrained model)
    {
        try
        {
            _shelf!.Get(model);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return LearningChanged(exception.Message);
        }
    }

    private string LearningChanged(string why) =>
        $"The learning has changed since; the run was written by other software ({_software}): {why}";

    private void Decision(StoredEvent stored, RederivedDecision decision)
    {
        if (decision.NotDerivable is { } why)
        {
            Findings.NotDerivable(CheckedThing.Decisions, LearningChanged(why));
            return;
        }

        if (_isExact || decision.IsSame)
        {
            Findings.Compare(stored, CheckedThing.Decisions, [.. decision.Differences()]);
            return;
        }

        Tolerance.Closeness closeness = Tolerance.Of(decision, Math.Max(0, _most - _least));
        if (closeness.Beyond.Count == 0)
        {
            Findings.Near(CheckedThing.Decisions, closeness.Largest, closeness.IsTie);
            return;
        }

        Findings.Compare(stored, CheckedThing.Decisions, closeness.Beyond);
    }
}
