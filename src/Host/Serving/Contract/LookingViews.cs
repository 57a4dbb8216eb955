using DklActors.Messages.Scalars;

namespace DklActors.Host.Serving.Contract;

/// <summary>One scalarizer tried on what was measured so far.</summary>
internal sealed record ScalarizerPreview(
    string ScalarLabel, string ScalarUnit, IReadOnlyList<PreviewedPoint> Points);

/// <param name="Point">Number of the point.</param>
/// <param name="Row">Where it was planned.</param>
/// <param name="Column">Where it was planned.</param>
/// <param name="Now">Its scalar, NaN where it has none.</param>
/// <param name="Then">What it would be.</param>
/// <param name="Error">Standard error of that.</param>
/// <param name="Quality">Whether that could be learned from.</param>
/// <param name="Remark">Why not.</param>
internal sealed record PreviewedPoint(
    int Point, int Row, int Column, double Now, double Then, double Error, ScalarQuality Quality, string? Remark);

/// <summary>Where another acquisition function would go next.</summary>
internal sealed record AcquisitionPreview(string Map, NextPlace? Next);

internal sealed record NextPlace(int Row, int Column, double Score);

/// <summary>What a scalarizer sees in one frame.</summary>
internal sealed record FrameView
{
    public required double Value { get; init; }

    public required double Error { get; init; }

    public required ScalarQuality Quality { get; init; }

    public required string? Remark { get; init; }

    public IReadOnlyList<WindowView> Windows { get; init; } = [];

    public IReadOnlyList<RingView> Rings { get; init; } = [];

    public IReadOnlyList<CurveView> Curves { get; init; } = [];
}

/// <summary>An energy window, eV.</summary>
internal sealed record WindowView(string Key, string Label, double From, double To);

/// <summary>A ring of detector pixels, in the unit of its keys and in px.</summary>
internal sealed record RingView(
    string Key,
    string Label,
    double Inner,
    double Outer,
    string Unit,
    double CentreRow,
    double CentreColumn,
    double InnerPx,
    double OuterPx);

/// <summary>A curve over a frame.</summary>
internal sealed record CurveView(string Label, double[] X, double[] Y);

/// <summary>Course of learning.</summary>
internal sealed record LearningView(IReadOnlyList<LearningStep> Steps);

/// <summary>What was believed after so many observations; the errors only where the truth is known.</summary>
internal sealed record LearningStep(
    int Observations,
    double MeanDeviation,
    double? Rmse,
    double? Nlpd,
    double? RSquared,
    double? Coverage68,
    double? Coverage95);

/// <summary>An actor and those below it.</summary>
internal sealed record ActorNode(
    string Name,
    string Type,
    string State,
    int Depth,
    int Capacity,
    int Stashed,
    long Processed,
    long Dropped,
    int Restarts,
    double? BusyS,
    double? OldestWaitingS,
    IReadOnlyList<ActorNode> Children);

/// <summary>A command was carried out; the event that says so is durable.</summary>
internal sealed record Accepted(long? Sequence);
