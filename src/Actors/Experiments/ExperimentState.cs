using System.Collections.Immutable;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Drifting;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Experiments;

/// <summary>
/// The state of a run: nothing but the fold of its events, so that the state after a crash and the state without
/// one are the same by construction. Immutable.
/// </summary>
public sealed record ExperimentState
{
    public static readonly ExperimentState Empty = new();

    public RunState Run { get; init; } = RunState.New;

    public ExperimentStarted? Started { get; init; }

    public SurveyRecorded? Survey { get; init; }

    /// <summary>The scan of the structural image that is under way, the first or a later one, or null.</summary>
    public SurveyIntended? Scan { get; init; }

    /// <summary>All points by number.</summary>
    public ImmutableSortedDictionary<PointId, PointState> Points { get; init; } =
        ImmutableSortedDictionary<PointId, PointState>.Empty;

    /// <summary>Points whose scalar may be learned from, in the order of recording.</summary>
    public ImmutableList<PointId> Usable { get; init; } = [];

    /// <summary>What the first training starts from, or null for the seed.</summary>
    public ModelTransferred? Transfer { get; init; }

    public ModelTrained? Model { get; init; }

    /// <summary>Models trained so far, those of an earlier scalarizer included.</summary>
    public int Models { get; init; }

    /// <summary>The choice of scalarizer in force, or null where it is the recipe's.</summary>
    public ScalarizerChanged? Scalarizer { get; init; }

    /// <summary>Points that were planned when it came into force.</summary>
    public int PointsAtChange { get; init; }

    /// <summary>Points whose frame was there then and whose scalar is still to be made again.</summary>
    public ImmutableSortedSet<PointId> Outdated { get; init; } = [];

    /// <summary>The choice of what is worth measuring in force, or null where it is the recipe's.</summary>
    public AcquisitionChanged? Acquisition { get; init; }

    /// <summary>The choice of region in force, or null where it is the recipe's.</summary>
    public RegionChanged? Region { get; init; }

    /// <summary>Where no point is planned any more.</summary>
    public ImmutableList<RegionExcluded> Exclusions { get; init; } = [];

    /// <summary>How far the sample has moved since the first structural image.</summary>
    public DriftState Drift { get; init; } = DriftState.None;

    /// <summary>
    /// Where the stage was read back when this run placed it; null where it has not. A stage that is confirmed there
    /// does not change it, or it could creep away tolerance by tolerance.
    /// </summary>
    public StagePosition? StageAt { get; init; }

    /// <summary>
    /// Whether the stage was moved since the structural image, and no look at the drift has found that again: nothing
    /// may be exposed.
    /// </summary>
    public bool IsDisplaced { get; init; }

    public DoseLedger Dose { get; init; } = DoseLedger.Empty;

    /// <summary>
    /// Points with a frame; neighbours, whose frames belong to another point's scalar, are not counted.
    /// </summary>
    public int Measured { get; init; }

    /// <summary>Points given up one after the other since the last frame.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Time at work of the processes before this one, each to its last frame.</summary>
    public TimeSpan WorkedBefore { get; init; }

    /// <summary>Time at work, to the last frame: pauses included, the time between processes not.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>Points that were planned when a person last changed what is learned, or where.</summary>
    public int PointsAtChoice { get; init; }

    /// <summary>The budget that is used up, or null.</summary>
    public BudgetReached? Budget { get; init; }

    /// <summary>Who paused the run and why, or null.</summary>
    public RunPaused? Pause { get; init; }

    /// <summary>Why the run ended, or null.</summary>
    public string? EndReason { get; init; }

    public static ExperimentState Fold(IEnumerable<JournalEvent> events) =>
        events.Aggregate(Empty, (state, journalEvent) => state.Apply(journalEvent));

    /// <exception cref="InvalidOperationException">The event is illegal in this state.</exception>
    public ExperimentState Apply(JournalEvent journalEvent) => journalEvent switch
    {
        ExperimentStarted started => Move(RunInput.Start) with { Started = started },
        ExperimentContinued => Move(Survey is null ? RunInput.ContinueBeforeSurvey : RunInput.ContinueAfterSurvey)
            with
        {
            Pause = null,
            EndReason = null,
            FailuresInARow = 0,
            Drift = Survey is null ? Drift : Drift.TakenUp(),
            WorkedBefore = Worked,
        },
        StageMoved moved => Place(moved.ReadBack) with { IsDisplaced = Survey is not null },
        StageConfirmed confirmed => Place(StageAt ?? confirmed.ReadBack),
        SurveyIntended scan => Run == RunState.Preparing
            || (Survey is not null && Run is RunState.Running or RunState.Paused)
            ? this with { Scan = scan, Dose = Dose.ReserveScan(scan.ReservedElectrons) }
            : throw new InvalidOperationException($"No structural image is taken while the run is {Run}."),
        SurveyLost lost => this with
        {
            Dose = Dose.SettleScan(
                lost.ChargedElectrons,
                Scan?.Window.Count ?? throw new InvalidOperationException("No scan was intended that could be lost.")),
            Scan = null,
            Drift = Survey is null ? Drift : Drift.With(lost),
        },
        DriftCorrected look => Scan is not null && Survey is not null
            ? this with
            {
                Scan = null,
                Dose = Dose.SettleScan(look.ChargedElectrons, Survey.Shape.Count),
                Drift = Drift.With(look),
                IsDisplaced = IsDisplaced && look.Rejected is not null,
            }
            : throw new InvalidOperationException("No scan was intended that could tell of the drift."),
        SurveyRecorded survey => Move(RunInput.RecordSurvey) with
        {
            Survey = survey,
            Scan = null,
            Dose = Dose.SettleScan(survey.ChargedElectrons, survey.Shape.Count),
        },
        RunPaused paused => Move(RunInput.Pause) with { Pause = paused },
        RunResumed => Move(RunInput.Resume) with { Pause = null },
        ExperimentCompleted completed => Move(RunInput.Complete) with { EndReason = completed.Reason },
        ExperimentStopped stopped => Move(RunInput.Stop) with { EndReason = stopped.Reason },
        ExperimentAborted aborted => Move(RunInput.Abort) with { EndReason = aborted.Reason },
        ExperimentHalted halted => Move(RunInput.Halt) with { EndReason = halted.Reason },
        ExperimentInterlocked interlocked => Move(RunInput.Interlock) with { EndReason = interlocked.Reason },
        ExperimentFailed failed => Move(RunInput.Fail) with { EndReason = failed.Reason },
        PointPlanned planned => Plan(new PointState(planned.Point, planned.Target, planned.Basis)),
        NeighbourPlanned neighbour => Points.TryGetValue(neighbour.Centre, out PointState? centre)
            ? Plan(new PointState(neighbour.Point, neighbour.Target, centre.Basis) { Centre = neighbour.Centre })
            : throw new InvalidOperationException($"Point {neighbour.Centre} was never planned."),
        ExposureIntended intended => Intend(intended),
        ExposureFailed failed => Settle(failed.Point, failed.Attempt, failed.ChargedElectrons)
            .Set(failed.Point, point => point with { Stage = PointStage.Planned, Intent = null }),
        ExposureOutcomeUnknown unknown => Settle(unknown.Point, unknown.Attempt, unknown.ChargedElectrons)
            .Set(unknown.Point, point => point with { Stage = PointStage.OutcomeUnknown, Intent = null }),
        FrameRecorded recorded => Record(recorded),
        PointScalarized scalarized => Scalarize(scalarized),
        PointAbandoned abandoned => Set(
            abandoned.Point, point => point with { Stage = PointStage.Abandoned }) with
        {
            // A neighbour's failure is its centre's trouble, which counts when the centre fails.
            FailuresInARow = FailuresInARow + (abandoned.Cause == AbandonCause.NoFrame
                && Points[abandoned.Point].Centre is null ? 1 : 0),
        },
        ModelTrained trained => this with { Model = trained, Models = trained.Version },
        ModelTransferred transferred => Run == RunState.Preparing && Survey is null && Transfer is null
            ? this with { Transfer = transferred }
            : throw new InvalidOperationException($"A run that is {Run} begins with its own model."),
        TrainingFailed => this,
        TrainingSent => this,
        ScalarizerChanged changed => Choose().Outdate(changed),
        AcquisitionChanged changed => Choose() with { Acquisition = changed },
        RegionChanged changed => Choose() with { Region = changed },
        RegionExcluded excluded => Choose() with { Exclusions = Exclusions.Add(excluded) },
        BudgetReached reached => Run is RunState.Running or RunState.Paused && Budget is null
            ? this with { Budget = reached }
            : throw new InvalidOperationException(
                $"A budget cannot be used up while the run is {Run}{(Budget is null ? "" : " and one is already")}."),
        NoteAdded or ControllerChanged => Run == RunState.New
            ? throw new InvalidOperationException("Nothing is noted of a run that has not begun.")
            : this,
        _ => throw new InvalidOperationException($"No state follows from {journalEvent.GetType().Name}."),
    };

    /// <summary>
    /// Where a read-back lies in the first structural image: less what the target was corrected by for the drift.
    /// </summary>
    public ProbePosition OnSample(PointId point, ProbePosition requested, ProbePosition readBack) =>
        readBack - (requested - Points[point].Target.Centre);

    /// <summary>Scalars to learn from, as recorded, each with the patch at the probe's read-back.</summary>
    public IEnumerable<(GridPoint Patch, ScalarResult Scalar)> UsableScalars() =>
        Usable.Select(id => (Points[id].Frame!.Patch, Points[id].Scalar!));

    private ExperimentState Move(RunInput input) => this with { Run = RunTransitions.Next(Run, input) };

    private ExperimentState Place(StagePosition readBack) =>
        Scan is null && (Run == RunState.Preparing || (Run == RunState.Running && Survey is not null))
            ? this with { StageAt = readBack }
            : throw new InvalidOperationException(
                $"The stage is not placed while the run is {Run}{(Scan is null ? "" : " and scans")}.");

    private ExperimentState Choose() => Move(RunInput.Choose) with { PointsAtChoice = Points.Count };

    private ExperimentState Set(PointId id, Func<PointState, PointState> change) => this with
    {
        Points = Points.TryGetValue(id, out PointState? point)
            ? Points.SetItem(id, change(point))
            : throw new InvalidOperationException($"Point {id} was never planned."),
    };

    private ExperimentState Plan(PointState planned) => this with
    {
        Points = Points.ContainsKey(planned.Id)
            ? throw new InvalidOperationException($"Point {planned.Id} was planned already.")
            : Points.Add(planned.Id, planned),
    };

    private ExperimentState Intend(ExposureIntended intended)
    {
        ExperimentState state = Set(intended.Point, point =>
            point.Stage is PointStage.Planned or PointStage.OutcomeUnknown && intended.Attempt == point.Attempts + 1
                ? point with { Stage = PointStage.Intended, Attempts = intended.Attempt, Intent = intended }
                : throw new InvalidOperationException(
                    $"Point {intended.Point} is {point.Stage} after {point.Attempts} attempts; "
                    + $"attempt {intended.Attempt} cannot begin."));
        return state with
        {
            Dose = Dose.Reserve(
                LeaseId(intended.Point, intended.Attempt),
                OnSample(intended.Point, intended.Requested, intended.ReadBack).NearestPixel,
                intended.ReservedElectrons),
        };
    }

    private ExperimentState Settle(PointId id, int attempt, double electrons)
    {
        PointState point = Points[id];
        return point.Stage == PointStage.Intended && point.Attempts == attempt
            ? this with { Dose = Dose.Settle(LeaseId(id, attempt), electrons) }
            : throw new InvalidOperationException(
                $"Point {id} is {point.Stage} at attempt {point.Attempts}; attempt {attempt} cannot end.");
    }

    /// <summary>The frames stay; all that was made of them is made again.</summary>
    private ExperimentState Outdate(ScalarizerChanged changed)
    {
        PointState[] measured = [.. Points.Values.Where(point => point.Frame is not null && point.Centre is null)];
        return this with
        {
            Scalarizer = changed,
            PointsAtChange = Points.Count,
            Points = Points.SetItems(measured.Select(point => KeyValuePair.Create(
                point.Id, point with { Stage = PointStage.Recorded, Scalar = null }))),
            Outdated = [.. measured.Select(point => point.Id)],
            Usable = [],
            Model = null,
        };
    }

    private ExperimentState Record(FrameRecorded recorded) =>
        Settle(recorded.Point, recorded.Attempt, recorded.ChargedElectrons)
            .Set(
                recorded.Point,
                point => point with { Stage = PointStage.Recorded, Frame = recorded, Intent = null }) with
        {
            Measured = Measured + (Points[recorded.Point].Centre is null ? 1 : 0),
            FailuresInARow = 0,
            Worked = WorkedBefore + recorded.Timing.ExposureStart + recorded.Timing.Exposed + recorded.Timing.ReadOut,
        };

    private ExperimentState Scalarize(PointScalarized scalarized)
    {
        if (Scalarizer is { } chosen && chosen.Identity != scalarized.Scalarizer)
        {
            throw new InvalidOperationException(
                $"A scalar of {scalarized.Scalarizer} comes too late: {chosen.Identity} is in force.");
        }

        ExperimentState state = Set(scalarized.Point, point => point.AwaitsScalar
            ? point with { Stage = PointStage.Scalarized, Scalar = scalarized.Scalar }
            : throw new InvalidOperationException(
                $"Point {scalarized.Point} is {point.Stage}; it has no new frame.")) with
        {
            Outdated = Outdated.Remove(scalarized.Point),
        };
        return scalarized.Scalar.Quality == ScalarQuality.Bad
            ? state
            : state with { Usable = Usable.Add(scalarized.Point) };
    }

    private static string LeaseId(PointId point, int attempt) =>
        new ExposureLease(point, attempt, TimeSpan.Zero, TimeSpan.Zero).Id;
}
