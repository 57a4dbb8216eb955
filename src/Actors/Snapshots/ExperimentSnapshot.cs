using System.Collections.Immutable;
using System.Text.Json;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Serialization;

namespace DklActors.Actors.Snapshots;

/// <summary>
/// The state of a run as it is kept beside its events, so that a long run need not be folded from its first one.
/// </summary>
internal sealed record ExperimentSnapshot(
    RunState Run,
    ExperimentStarted? Started,
    SurveyRecorded? Survey,
    SurveyIntended? Scan,
    ImmutableArray<PointState> Points,
    ImmutableArray<PointId> Usable,
    ModelTransferred? Transfer,
    ModelTrained? Model,
    int Models,
    ScalarizerChanged? Scalarizer,
    int PointsAtChange,
    ImmutableArray<PointId> Outdated,
    AcquisitionChanged? Acquisition,
    RegionChanged? Region,
    ImmutableArray<RegionExcluded> Exclusions,
    DriftState Drift,
    StagePosition? StageAt,
    bool IsDisplaced,
    DoseRecord Dose,
    int Measured,
    int FailuresInARow,
    TimeSpan WorkedBefore,
    TimeSpan Worked,
    int PointsAtChoice,
    BudgetReached? Budget,
    RunPaused? Pause,
    string? EndReason)
{
    /// <summary>Name and version of this form: any change of what it holds raises the version.</summary>
    public const string Manifest = "experiment-state/5";

    public static byte[] Write(ExperimentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var snapshot = new ExperimentSnapshot(
            state.Run,
            state.Started,
            state.Survey,
            state.Scan,
            [.. state.Points.Values],
            [.. state.Usable],
            state.Transfer,
            state.Model,
            state.Models,
            state.Scalarizer,
            state.PointsAtChange,
            [.. state.Outdated],
            state.Acquisition,
            state.Region,
            [.. state.Exclusions],
            state.Drift,
            state.StageAt,
            state.IsDisplaced,
            state.Dose.ToRecord(),
            state.Measured,
            state.FailuresInARow,
            state.WorkedBefore,
            state.Worked,
            state.PointsAtChoice,
            state.Budget,
            state.Pause,
            state.EndReason);
        return JsonSerializer.SerializeToUtf8Bytes(snapshot, EventJson.Contract);
    }

    /// <summary>The state, or null where it cannot be read: then it follows from the events.</summary>
    public static ExperimentState? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<ExperimentSnapshot>(content, EventJson.Contract)?.ToState();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private ExperimentState ToState() => new()
    {
        Run = Run,
        Started = Started,
        Survey = Survey,
        Scan = Scan,
        Points = Points.ToImmutableSortedDictionary(point => point.Id, point => point),
        Usable = [.. Usable],
        Transfer = Transfer,
        Model = Model,
        Models = Models,
        Scalarizer = Scalarizer,
        PointsAtChange = PointsAtChange,
        Outdated = [.. Outdated],
        Acquisition = Acquisition,
        Region = Region,
        Exclusions = [.. Exclusions],
        Drift = Drift,
        StageAt = StageAt,
        IsDisplaced = IsDisplaced,
        Dose = DoseLedger.Of(Dose),
        Measured = Measured,
        FailuresInARow = FailuresInARow,
        WorkedBefore = WorkedBefore,
        Worked = Worked,
        PointsAtChoice = PointsAtChoice,
        Budget = Budget,
        Pause = Pause,
        EndReason = EndReason,
    };
}
