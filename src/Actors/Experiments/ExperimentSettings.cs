using System.Collections.Immutable;
using DklActors.Actors.Budgeting;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Drifting;
using DklActors.Actors.Placing;
using DklActors.Actors.Planning;
using DklActors.Learning.Acquisition;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Actors.Experiments;

/// <summary>What an experiment is asked to do; the recipe, resolved and checked.</summary>
public sealed record ExperimentSettings
{
    public required string RunId { get; init; }

    public required string Name { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>SHA-256 of the recipe as used; a resumed run must have the same.</summary>
    public required string RecipeHash { get; init; }

    public required Provenance Provenance { get; init; }

    public required PatchWindow Patch { get; init; }

    /// <summary>The pixels where there is something to measure; null for every pixel.</summary>
    public IReadOnlyList<GridPoint>? Sites { get; init; }

    /// <summary>Pixels of the image that one measurement stands for, about its site.</summary>
    public GridShape SiteExtent { get; init; } = new(1, 1);

    /// <summary>Where on the sample it is; null where the stage is left alone.</summary>
    public PlaceSettings? Place { get; init; }

    public required ExposureSettings Exposure { get; init; }

    public required StageSettings Stage { get; init; }

    public required PlanSettings Plan { get; init; }

    public required LearningSettings Learning { get; init; }

    /// <summary>What the first training starts from; null for the seed.</summary>
    public TransferredModel? Transfer { get; init; }

    public required DoseLimits Limits { get; init; }

    /// <summary>What completes the run before all its points are measured.</summary>
    public RunBudget Budget { get; init; } = RunBudget.None;

    public required UnknownExposurePolicy UnknownExposures { get; init; }

    /// <summary>How the drift of the sample is followed; null where it is not.</summary>
    public DriftSettings? Drift { get; init; }

    /// <summary>Events after which the state is first kept beside them, so that recovery is quick.</summary>
    public long FirstSnapshot { get; init; } = 1000;
}

/// <summary>How a point is exposed.</summary>
/// <param name="Dwell">Integration time.</param>
/// <param name="LongestWallTime">Time after which the beam is blanked whatever the detector says.</param>
/// <param name="Attempts">Exposures of one point at most, the dose charged for each.</param>
/// <param name="ReadOutDeadline">Longest wait for arming and for reading out.</param>
public sealed record ExposureSettings(TimeSpan Dwell, TimeSpan LongestWallTime, int Attempts, TimeSpan ReadOutDeadline);

/// <summary>How the probe is placed.</summary>
/// <param name="ToleranceInPixels">Largest distance between request and read-back.</param>
/// <param name="Timeout">Longest time for one move and its read-back.</param>
/// <param name="Attempts">Moves for one placement at most.</param>
/// <param name="MarginInPixels">Soft limit: distance kept from the edge of the scan window.</param>
public sealed record StageSettings(double ToleranceInPixels, TimeSpan Timeout, int Attempts, int MarginInPixels)
{
    /// <summary>Whether a target keeps the margin from the edge of a scan window.</summary>
    public bool Allows(ProbePosition target, GridShape window) =>
        target.Row >= MarginInPixels && target.Column >= MarginInPixels
        && target.Row <= window.Rows - 1 - MarginInPixels && target.Column <= window.Columns - 1 - MarginInPixels;
}

/// <summary>What is measured and in which order.</summary>
/// <param name="Seeds">Points measured before the acquisition function decides.</param>
/// <param name="SeedDesign">What chooses the seeds.</param>
/// <param name="Measurements">Points beyond the seeds.</param>
/// <param name="Lookahead">Planned points kept ahead of the probe.</param>
/// <param name="Acquisition">What makes a point worth measuring.</param>
/// <param name="Goal">Which scalars are searched for.</param>
public sealed record PlanSettings(
    int Seeds, SeedDesignKind SeedDesign, int Measurements, int Lookahead, IAcquisitionFunction Acquisition, Goal Goal)
{
    /// <summary>Where points may be planned; null for the whole image.</summary>
    public PlanRegion? Region { get; init; }

    /// <summary>Where no point may be planned, within the region or not.</summary>
    public ImmutableArray<PixelArea> Excluded { get; init; } = [];

    /// <summary>Where the seeds are, in order, instead of a design; empty for a design.</summary>
    public ImmutableArray<GridPoint> GivenSeeds { get; init; } = [];

    /// <summary>Distance that a probe keeps from the edge of the scan window, once a sample has drifted, px.</summary>
    public int MarginInPixels { get; init; }

    /// <summary>The pixels that a drifted sample has left within the scan window; null for all.</summary>
    public PixelArea? InSight { get; init; }

    /// <summary>What is noted at each decision of what is still to be learned; null for nothing.</summary>
    public ConvergenceAim? Follows { get; init; }

    public int Total => Seeds + Measurements;

    /// <summary>Whether the seeds are neither named nor drawn.</summary>
    public bool ModelChoosesSeeds => SeedDesign == SeedDesignKind.Model && GivenSeeds.IsEmpty;

    /// <summary>
    /// The same with the region and the exclusions that persons have chosen by a state of the run, and what the drift
    /// has left in sight.
    /// </summary>
    public PlanSettings Within(ExperimentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        PlanSettings plan = this with
        {
            Excluded = [.. state.Exclusions.Select(static excluded => excluded.Area)],
            InSight = state.Survey is { } survey ? state.Drift.InSight(survey.Shape, MarginInPixels) : null,
        };
        return state.Region is { } chosen
            ? plan with { Region = chosen.Region is { } area ? PlanRegion.Of(area) : null }
            : plan;
    }

    /// <summary>Whether a point may be planned at a place.</summary>
    public bool Allows(GridPoint place) =>
        Region?.Contains(place) != false && InSight?.Contains(place) != false
        && !Excluded.Any(area => area.Contains(place));
}

/// <summary>What another run, elsewhere on the sample, has learned of structure.</summary>
/// <param name="State">Its last model's state, as a foreign one.</param>
/// <param name="FromRun">The run.</param>
/// <param name="FromVersion">Version of the model there.</param>
/// <param name="FromObservations">Observations that it was trained on.</param>
public sealed record TransferredModel(ModelState State, string FromRun, int FromVersion, int FromObservations);

/// <summary>How far learning may fall behind measuring.</summary>
/// <param name="Engine">Engine and model preset, as journaled.</param>
/// <param name="FirstTraining">Observations from which on a model is trained.</param>
/// <param name="StalenessLimit">Scalars the model may lag before exposures are held back.</param>
/// <param name="Deadline">Longest time for one training.</param>
public sealed record LearningSettings(string Engine, int FirstTraining, int StalenessLimit, TimeSpan Deadline);

/// <summary>What becomes of a point whose exposure was under way when the process died.</summary>
public enum UnknownExposurePolicy
{
    /// <summary>Leave it out and plan another point.</summary>
    Skip,

    /// <summary>Expose it again, knowingly.</summary>
    MeasureAgain,
}
