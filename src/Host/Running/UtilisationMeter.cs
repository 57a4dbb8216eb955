using DklActors.Messages.Events;

namespace DklActors.Host.Running;

/// <summary>
/// Adds up a run's durations as its events come. Time between processes of a continued run does not count.
/// </summary>
internal sealed class UtilisationMeter
{
    private TimeSpan _busy;
    private TimeSpan _rest;
    private TimeSpan _earlierProcesses;
    private TimeSpan? _first;
    private TimeSpan _last;
    private int _frames;

    private TimeSpan Span => _earlierProcesses + (_last - (_first ?? _last));

    /// <summary>Null before two measurements.</summary>
    public BeamUtilisation? Utilisation => _frames < 2 || Span <= TimeSpan.Zero
        ? null
        : new BeamUtilisation(_busy / Span, _busy / (_busy + _rest));

    public void Note(JournalEvent journalEvent)
    {
        switch (journalEvent)
        {
            case ExperimentContinued:
                _earlierProcesses = Span;
                _first = null;
                break;
            case FrameRecorded { Timing: { } timing }:
                _first ??= timing.ExposureStart;
                _last = timing.ExposureStart + timing.Exposed + timing.ReadOut;
                _busy += timing.Exposed + timing.ReadOut;
                _rest += timing.Moved;
                _frames++;
                break;
            case PointPlanned planned:
                _rest += planned.Took;
                break;
            case PointScalarized scalarized:
                _rest += scalarized.Took;
                break;
            case ModelTrained trained:
                _rest += trained.Took;
                break;
            case TrainingFailed failed:
                _rest += failed.Took;
                break;
        }
    }
}
