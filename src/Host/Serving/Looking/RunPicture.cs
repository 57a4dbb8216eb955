using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Looking;

/// <summary>
/// What the events of a run add up to for those who look on: its points, models, notes and choices. The dashboard adds
/// up the same from the same events. Safe to use from any thread.
/// </summary>
internal sealed class RunPicture
{
    private readonly RunDesign _asStarted;
    private readonly Lock _gate = new();

    // Under _gate.
    private RunDesign _design;
    private readonly Dictionary<int, PointView> _points = [];
    private readonly List<ModelView> _models = [];
    private readonly List<NoteView> _notes = [];
    private readonly UtilisationMeter _utilisation = new();
    private readonly DriftCourse _drift = new();
    private ExperimentState _state = ExperimentState.Empty;
    private ChoicesView _choices;
    private DateTimeOffset? _time;
    private DateTimeOffset? _started;
    private DateTimeOffset? _firstFrame;
    private DateTimeOffset? _lastFrame;
    private int _framesHere;
    private long _sequence;

    public RunPicture(RunDesign design)
    {
        _asStarted = design;
        _design = design;
        _choices = ChoicesOf.Of(design);
    }

    /// <summary>The recipe of the run, with what persons changed of it since.</summary>
    public RunDesign Design
    {
        get
        {
            lock (_gate)
            {
                return _design;
            }
        }
    }

    /// <summary>Number of the last event that was noted.</summary>
    public long Sequence
    {
        get
        {
            lock (_gate)
            {
                return _sequence;
            }
        }
    }

    public ChoicesView Choices
    {
        get
        {
            lock (_gate)
            {
                return _choices;
            }
        }
    }

    public ExperimentState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Adds up events of a journal from the first on.</summary>
    /// <param name="design">The run's recipe.</param>
    /// <param name="events">All events, or those up to a moment.</param>
    public static RunPicture Of(RunDesign design, IEnumerable<StoredEvent> events)
    {
        var picture = new RunPicture(design);
        var state = ExperimentState.Empty;
        foreach (StoredEvent stored in events)
        {
            state = state.Apply(stored.Event);
            picture.Note(stored, state);
        }

        return picture;
    }

    /// <summary>Takes the next event; one that was noted before is left out.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="state">The fold of all events, this one included or even later ones.</param>
    public void Note(StoredEvent stored, ExperimentState state)
    {
        lock (_gate)
        {
            _state = state;
            if (stored.SequenceNumber <= _sequence)
            {
                return;
            }

            _sequence = stored.SequenceNumber;
            _time = stored.Created;
            _started ??= stored.Created;
            _utilisation.Note(stored.Event);
            _drift.Note(stored, state);
            Add(stored);
        }
    }

    public SnapshotView Snapshot()
    {
        lock (_gate)
        {
            return new SnapshotView
            {
                Sequence = _sequence,
                Time = _time,
                State = _state.Run,
                Reason = ReasonOf(_state),
                Points = [.. _points.Values.OrderBy(static point => point.Id)],
                Models = [.. _models],
                Notes = [.. _notes],
                Choices = _choices,
                Dose = DoseUnderGate(),
                Frames = _drift.Frames,
                Looks = _drift.Looks,
            };
        }
    }

    /// <summary>Everything of a status that follows from events.</summary>
    public ExperimentStatus StatusOf(ExperimentSummary summary)
    {
        lock (_gate)
        {
            Goal goal = _design.Settings.Plan.Goal;
            PointState? best = RunRecord.BestOf(_state, goal);
            ModelTrained? model = _state.Model;
            double? perHour = PerHourUnderGate();
            int left = summary.Total - _state.Measured;
            bool isNow = summary.Phase == Phase.Live;
            return new ExperimentStatus(summary, _choices)
            {
                State = _sequence > 0 ? _state.Run : summary.State,
                Reason = ReasonOf(_state) ?? summary.Reason,
                Measured = _state.Measured,
                Sequence = Math.Max(_sequence, summary.Sequence),
                StartedAt = _started ?? summary.StartedAt,
                Pending = _state.Points.Values.Count(static point => point.IsOutstanding),
                Dose = DoseUnderGate(),
                Budgets =
                [
                    .. BudgetUse.Of(_design.Settings.Budget, _state).Select(static use =>
                        new BudgetView(use.Budget, use.Used, use.Allowed, use.Share)),
                ],
                Drift = _drift.Now(_design.Settings.Drift, _state.Drift),
                Model = model is null
                    ? null
                    : new ModelStatus(
                        model.Version, model.Observations, _state.Usable.Count - model.Observations,
                        _design.Settings.Learning.StalenessLimit, model.Took.TotalSeconds),
                Best = best is null
                    ? null
                    : new BestView(
                        best.Id.Value, best.Frame!.Patch.Row, best.Frame.Patch.Column, best.Scalar!.Value),
                PointsPerHour = perHour,
                EtaS = isNow && perHour > 0 && left > 0 ? left * 3600 / perHour : null,
                Structure = _state.Survey is { } survey
                    ? new StructureView(
                        survey.ImageHash, survey.Shape.Rows, survey.Shape.Columns, survey.PixelSize.Value,
                        survey.Channel)
                    : null,
                Patch = _design.Recipe.Patch.Size,
                Candidates = _state.Survey?.Candidates ?? 0,
                BeamUtilisation = _utilisation.Utilisation?.Overlapped,
            };
        }
    }

    private RunDesign InForceUnderGate()
    {
        try
        {
            _design = _asStarted.InForceIn(_state);
        }
        catch (RecipeException)
        {
            // Another version of the program wrote the change; what can be told of it stands in the journal.
        }

        return _design;
    }

    /// <summary>Why a run ended, or who paused it and why; null for neither.</summary>
    public static string? ReasonOf(ExperimentState state) =>
        state.EndReason ?? (state.Pause is { } pause ? $"{pause.By}: {pause.Reason}" : null);

    private double? PerHourUnderGate() =>
        _framesHere > 1 && _lastFrame - _firstFrame is { Ticks: > 0 } span ? (_framesHere - 1) / span.TotalHours : null;

    private DoseView DoseUnderGate()
    {
        double most = _state.Dose.ElectronsByPixel.Count == 0 ? 0 : _state.Dose.ElectronsByPixel.Values.Max();
        double highest = _state.Survey is { } survey
            ? Actors.Dosimetry.DoseLedger.DoseOf(
                most + _state.Dose.ElectronsEverywhere, survey.PixelSize).ElectronsPerSquareAngstrom
            : 0;
        return new DoseView(
            _state.Dose.TotalElectrons,
            _design.Recipe.Limits.TotalElectrons,
            highest,
            _design.Recipe.Limits.DosePerPixel?.ElectronsPerSquareAngstrom);
    }

    private void Add(StoredEvent stored)
    {
        switch (stored.Event)
        {
            case ExperimentContinued:
                (_firstFrame, _lastFrame, _framesHere) = (null, null, 0);
                break;
            case PointPlanned planned:
                _points[planned.Point.Value] = new PointView(
                    planned.Point.Value, planned.Target.Row, planned.Target.Column, RuleOf(planned.Basis.Reason))
                {
                    Model = planned.Basis.ModelVersion,
                    Score = planned.Basis.Score,
                    Predicted = planned.Basis.PredictedMean,
                    Deviation = planned.Basis.PredictedDeviation,
                    Time = stored.Created,
                };
                break;
            case NeighbourPlanned neighbour:
                _points[neighbour.Point.Value] = new PointView(
                    neighbour.Point.Value, neighbour.Target.Row, neighbour.Target.Column,
                    _points[neighbour.Centre.Value].Rule)
                {
                    Centre = neighbour.Centre.Value,
                    Time = stored.Created,
                };
                break;
            case ExposureIntended intended:
                Change(intended.Point, stored, point => point with
                {
                    Stage = PointStage.Intended,
                    Attempts = intended.Attempt,
                });
                break;
            case ExposureFailed failed:
                Change(failed.Point, stored, point => point with
                {
                    Stage = PointStage.Planned,
                    Electrons = point.Electrons + failed.ChargedElectrons,
                    Remark = failed.Reason,
                });
                break;
            case ExposureOutcomeUnknown unknown:
                Change(unknown.Point, stored, point => point with
                {
                    Stage = PointStage.OutcomeUnknown,
                    Electrons = point.Electrons + unknown.ChargedElectrons,
                    Remark = "The process died while it was exposed, or about to be.",
                });
                break;
            case FrameRecorded recorded:
                Record(stored, recorded);
                break;
            case PointScalarized scalarized:
                Change(scalarized.Point, stored, point => point with
                {
                    Stage = PointStage.Scalarized,
                    Value = scalarized.Scalar.Value,
                    Error = scalarized.Scalar.StandardError,
                    Quality = scalarized.Scalar.Quality,
                    Remark = scalarized.Scalar.Reason,
                });
                break;
            case PointAbandoned abandoned:
                Change(abandoned.Point, stored, point => point with
                {
                    Stage = PointStage.Abandoned,
                    Remark = abandoned.Reason,
                });
                break;
            case ScalarizerChanged:
                Rescale();
                break;
            case AcquisitionChanged:
                _choices = ChoicesOf.Changed(_choices, InForceUnderGate());
                break;
            case RegionChanged changed:
                _choices = _choices with { Region = changed.Region is { } region ? ChoicesOf.AreaOf(region) : null };
                break;
            case RegionExcluded excluded:
                _choices = _choices with { Exclusions = _choices.Exclusions.Add(ChoicesOf.AreaOf(excluded.Area)) };
                break;
            case NoteAdded note:
                _notes.Add(new NoteView(
                    stored.SequenceNumber, stored.Created, note.By, note.Text, note.At?.Row, note.At?.Column));
                break;
            case ModelTrained trained:
                _models.Add(new ModelView(
                    trained.Version, trained.Observations, trained.Took.TotalSeconds, trained.Report.Loss,
                    trained.Report.Epochs, stored.SequenceNumber, stored.Created)
                {
                    Trainer = trained.Trainer?.Node,
                    Fallback = trained.Trainer?.Fallback,
                });
                break;
        }
    }

    /// <summary>All scalars so far are void; those of the other scalarizer follow.</summary>
    private void Rescale()
    {
        _choices = ChoicesOf.Changed(_choices, InForceUnderGate());
        foreach ((int id, PointView point) in _points.ToArray())
        {
            // What was expected was another number.
            PointView unexpected = point with
            {
                Predicted = double.NaN,
                Deviation = double.NaN,
                Score = double.NaN,
            };
            _points[id] = point.Stage != PointStage.Scalarized
                ? unexpected
                : unexpected with
                {
                    Stage = PointStage.Recorded,
                    Value = double.NaN,
                    Error = double.NaN,
                    Quality = null,
                    Remark = null,
                };
        }
    }

    private void Record(StoredEvent stored, FrameRecorded recorded)
    {
        Change(recorded.Point, stored, point => point with
        {
            Stage = PointStage.Recorded,
            Electrons = point.Electrons + recorded.ChargedElectrons,
            Remark = null,
            PatchRow = recorded.Patch.Row == point.Row && recorded.Patch.Column == point.Column
                ? null
                : recorded.Patch.Row,
            PatchColumn = recorded.Patch.Row == point.Row && recorded.Patch.Column == point.Column
                ? null
                : recorded.Patch.Column,
        });
        _firstFrame ??= stored.Created;
        _lastFrame = stored.Created;
        _framesHere++;
    }

    private void Change(PointId id, StoredEvent stored, Func<PointView, PointView> change) =>
        _points[id.Value] = change(_points[id.Value]) with { Time = stored.Created };

    private static string RuleOf(PlanningReason reason) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
