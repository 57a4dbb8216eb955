using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using DklActors.Messages.Events;

namespace DklActors.Host.Serving.Contract;

/// <summary>Everything about one experiment but its points and maps.</summary>
internal sealed record ExperimentStatus : ExperimentSummary
{
    [SetsRequiredMembers]
    public ExperimentStatus(ExperimentSummary summary, ChoicesView choices)
        : base(summary) => Choices = choices;

    public IReadOnlyList<HoldView> Holds { get; init; } = [];

    public int Pending { get; init; }

    public BeamView Beam { get; init; } = BeamView.Unknown;

    public DoseView Dose { get; init; } = new(0, null, 0, null);

    /// <summary>How far the recipe's budgets are used, beside that of points.</summary>
    public IReadOnlyList<BudgetView> Budgets { get; init; } = [];

    /// <summary>How the drift of the sample is followed; null where the recipe does not ask for it.</summary>
    public DriftView? Drift { get; init; }

    public ModelStatus? Model { get; init; }

    public BestView? Best { get; init; }

    public double? PointsPerHour { get; init; }

    public double? EtaS { get; init; }

    public StructureView? Structure { get; init; }

    public int Patch { get; init; }

    public int Candidates { get; init; }

    public DetectorView Detector { get; init; } = new UnknownDetector();

    public ChoicesView Choices { get; init; }

    public long Belief { get; init; }

    public double? BeamUtilisation { get; init; }

    public bool HasTruth { get; init; }
}

internal sealed record HoldView(string By, string Reason);

/// <param name="Point">Number of the point.</param>
/// <param name="Attempt">Exposure of the point, from 1.</param>
/// <param name="DwellMs">Integration time.</param>
/// <param name="LeftMs">Until the beam guard blanks.</param>
/// <param name="LongestMs">What that was at first.</param>
internal sealed record LeaseView(int Point, int Attempt, double DwellMs, double LeftMs, double LongestMs);

/// <param name="Blanked">As read back; null where nothing answers.</param>
/// <param name="Exposing">The lease under which the beam is on.</param>
/// <param name="Alarm">Why the beam could not be blanked.</param>
/// <param name="Watchdog">Of the watchdog outside the process.</param>
internal sealed record BeamView(bool? Blanked, LeaseView? Exposing, string? Alarm, WatchdogState Watchdog)
{
    public static readonly BeamView Unknown = new(null, null, null, WatchdogState.None);
}

internal enum WatchdogState
{
    /// <summary>The blanker cannot be reached from outside the daemon, so that there is none.</summary>
    None,

    /// <summary>It hears the heartbeat, and blanks when that stops.</summary>
    Armed,

    /// <summary>It is gone; exposures are held back until it is there again.</summary>
    Lost,
}

/// <param name="Electrons">Charged and set aside so far.</param>
/// <param name="LimitElectrons">Most in the whole run.</param>
/// <param name="HighestPixel">e/Å² of the pixel that has had most.</param>
/// <param name="LimitPerPixel">Most at any pixel, e/Å².</param>
internal sealed record DoseView(
    double Electrons, double? LimitElectrons, double HighestPixel, double? LimitPerPixel);

/// <param name="Budget">electrons, dosePerPixel, duration or convergence.</param>
/// <param name="Used">Electrons, e/Å², s, or where convergence stands; null where it cannot be told yet.</param>
/// <param name="Allowed">In the same unit.</param>
/// <param name="Share">From 0, nothing used, to 1, used up.</param>
internal sealed record BudgetView(BudgetKind Budget, double? Used, double Allowed, double Share);

internal sealed record ModelStatus(
    int Version, int Observations, int AgePoints, int StalenessLimit, double LastTrainingS);

internal sealed record BestView(int Point, int Row, int Column, double Value);

internal sealed record StructureView(string Hash, int Rows, int Columns, double PixelSizeNm, string Channel);

/// <summary>What the frames are.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SpectrumDetector), "spectrum")]
[JsonDerivedType(typeof(PatternDetector), "pattern")]
[JsonDerivedType(typeof(UnknownDetector), "unknown")]
internal abstract record DetectorView;

internal sealed record SpectrumDetector(int Channels, double OriginEv, double DispersionEv) : DetectorView;

internal sealed record PatternDetector(int Rows, int Columns) : DetectorView;

/// <summary>There is no frame yet.</summary>
internal sealed record UnknownDetector : DetectorView;
