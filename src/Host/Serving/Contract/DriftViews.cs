using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Contract;

/// <summary>How a run follows the drift of its sample; types.ts says what each means.</summary>
internal sealed record DriftView
{
    public required ShiftView Shift { get; init; }

    public required ShiftView? RatePerMinute { get; init; }

    public required ShiftView Correction { get; init; }

    public required double LargestShiftPx { get; init; }

    public required double? LargestRatePxPerMinute { get; init; }

    public required double LeastQuality { get; init; }

    public required int? EveryFrames { get; init; }

    public required double? EveryS { get; init; }

    public required int FramesSince { get; init; }

    public required DateTimeOffset? LookedAt { get; init; }

    public required int Looks { get; init; }

    public required int Rejected { get; init; }

    public required int Lost { get; init; }

    public required double Electrons { get; init; }
}

/// <summary>How far something has moved, px of the structural image.</summary>
internal sealed record ShiftView(double Rows, double Columns)
{
    public static ShiftView Of(PixelShift shift) => new(shift.Rows, shift.Columns);
}

/// <param name="Sequence">Of its event.</param>
/// <param name="Time">Of its event.</param>
/// <param name="Frames">Recorded before it.</param>
/// <param name="Shift">What it says; a rejected one is not followed.</param>
/// <param name="Quality">Of the match, 0 to 1.</param>
/// <param name="RatePerMinute">Since the last good look; null where that is not known.</param>
/// <param name="Rejected">Why it is not trusted; null for one that is.</param>
internal sealed record LookView(
    long Sequence,
    DateTimeOffset Time,
    int Frames,
    ShiftView Shift,
    double Quality,
    ShiftView? RatePerMinute,
    string? Rejected);
