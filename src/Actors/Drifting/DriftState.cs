using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Drifting;

/// <summary>What is known of the drift of a sample, folded from the looks at it.</summary>
public sealed record DriftState
{
    public static readonly DriftState None = new();

    /// <summary>By the last good look: how far the sample has moved in the image since the first one, px.</summary>
    public PixelShift Shift { get; init; }

    /// <summary>By the last two good looks of one process, px a minute; null where there are none.</summary>
    public PixelShift? RatePerMinute { get; init; }

    /// <summary>Over what time the rate was told; null without one.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>
    /// Whether another process has taken the run up since the last good look: nobody knows what moved meanwhile.
    /// </summary>
    public bool IsStale { get; init; }

    /// <summary>Looks that gave an image, those that were rejected included.</summary>
    public int Looks { get; init; }

    public int Rejected { get; init; }

    /// <summary>Looks since the last good one, rejected and lost: the search widens with them.</summary>
    public int Missed { get; init; }

    /// <summary>Scans that gave none.</summary>
    public int Lost { get; init; }

    /// <summary>Electrons that all of them cost.</summary>
    public double Electrons { get; init; }

    internal DriftState With(DriftCorrected look)
    {
        DriftState looked = this with { Looks = Looks + 1, Electrons = Electrons + look.ChargedElectrons };
        return look.Rejected is not null
            ? looked with { Rejected = Rejected + 1, Missed = Missed + 1 }
            : looked with
            {
                Shift = look.Shift,
                RatePerMinute = look.RatePerMinute,
                Since = look.Since,
                IsStale = false,
                Missed = 0,
            };
    }

    internal DriftState With(SurveyLost lost) =>
        this with { Lost = Lost + 1, Missed = Missed + 1, Electrons = Electrons + lost.ChargedElectrons };

    // Another process has another clock, and may come much later.
    internal DriftState TakenUp() => this with { RatePerMinute = null, Since = null, IsStale = true };

    /// <summary>
    /// The pixels of the first image that a probe can still be sent to, with a margin kept; null for all where nothing
    /// has moved.
    /// </summary>
    internal PixelArea? InSight(GridShape image, int margin)
    {
        if (Shift == PixelShift.None)
        {
            return null;
        }

        (int firstRow, int endRow) = Range(Shift.Rows, image.Rows);
        (int firstColumn, int endColumn) = Range(Shift.Columns, image.Columns);
        return new PixelArea(firstRow, endRow, firstColumn, endColumn);

        (int First, int End) Range(double shift, int length) => (
            (int)Math.Clamp(Math.Ceiling(margin - shift), 0, length),
            (int)Math.Clamp(Math.Floor(length - 1 - margin - shift) + 1, 0, length));
    }
}
