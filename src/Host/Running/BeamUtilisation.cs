using DklActors.Messages.Events;

namespace DklActors.Host.Running;

/// <summary>How much of the time between first and last measurement the detector exposed or read out.</summary>
/// <param name="Overlapped">As it was: measuring, training and planning overlapping.</param>
/// <param name="Serial">What the same durations would have given one after the other.</param>
internal sealed record BeamUtilisation(double Overlapped, double Serial)
{
    /// <summary>Null before two measurements. Time between processes of a continued run does not count.</summary>
    public static BeamUtilisation? Of(IEnumerable<JournalEvent> events)
    {
        TimeSpan busy = TimeSpan.Zero, span = TimeSpan.Zero, rest = TimeSpan.Zero;
        TimeSpan? first = null;
        TimeSpan last = TimeSpan.Zero;
        int frames = 0;
        foreach (JournalEvent journalEvent in events)
        {
            switch (journalEvent)
            {
                case ExperimentContinued:
                    span += last - (first ?? last);
                    first = null;
                    break;
                case FrameRecorded { Timing: { } timing }:
                    first ??= timing.ExposureStart;
                    last = timing.ExposureStart + timing.Exposed + timing.ReadOut;
                    busy += timing.Exposed + timing.ReadOut;
                    rest += timing.Moved;
                    frames++;
                    break;
                case PointPlanned planned:
                    rest += planned.Took;
                    break;
                case PointScalarized scalarized:
                    rest += scalarized.Took;
                    break;
                case ModelTrained trained:
                    rest += trained.Took;
                    break;
                case TrainingFailed failed:
                    rest += failed.Took;
                    break;
            }
        }

        span += last - (first ?? last);
        return frames < 2 || span <= TimeSpan.Zero ? null : new BeamUtilisation(busy / span, busy / (busy + rest));
    }
}
