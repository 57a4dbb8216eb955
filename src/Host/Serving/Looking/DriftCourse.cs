using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Looking;

/// <summary>What the looks at a sample's drift told, one after another, and what became of it.</summary>
internal sealed class DriftCourse
{
    private readonly List<LookView> _looks = [];
    private int _framesAtLook;
    private DateTimeOffset? _lookedAt;
    private PixelShift _correction;

    public IReadOnlyList<LookView> Looks => [.. _looks];

    /// <summary>Frames recorded so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Takes the next event.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="state">The fold of all events, this one included or even later ones.</param>
    public void Note(StoredEvent stored, ExperimentState state)
    {
        switch (stored.Event)
        {
            case FrameRecorded:
                Frames++;
                break;
            case ExposureIntended intended:
                // What was asked of the hardware beyond the place that was planned.
                _correction = intended.Requested - state.Points[intended.Point].Target.Centre;
                break;
            case DriftCorrected look:
                (_framesAtLook, _lookedAt) = (Frames, stored.Created);
                _looks.Add(new LookView(
                    stored.SequenceNumber, stored.Created, Frames, ShiftView.Of(look.Shift), look.Quality,
                    look.RatePerMinute is { } rate ? ShiftView.Of(rate) : null, look.Rejected));
                break;
        }
    }

    /// <summary>How things stand; null for a run that does not look at its drift.</summary>
    public DriftView? Now(DriftSettings? settings, DriftState drift) => settings is null
        ? null
        : new DriftView
        {
            Shift = ShiftView.Of(drift.Shift),
            RatePerMinute = drift.RatePerMinute is { } rate ? ShiftView.Of(rate) : null,
            Correction = ShiftView.Of(_correction),
            LargestShiftPx = settings.LargestShiftPixels,
            LargestRatePxPerMinute = settings.LargestRatePixelsPerMinute,
            LeastQuality = settings.LeastQuality,
            EveryFrames = settings.EveryFrames,
            EveryS = settings.EveryTime?.TotalSeconds,
            FramesSince = Frames - _framesAtLook,
            LookedAt = _lookedAt,
            Looks = drift.Looks,
            Rejected = drift.Rejected,
            Lost = drift.Lost,
            Electrons = drift.Electrons,
        };
}
