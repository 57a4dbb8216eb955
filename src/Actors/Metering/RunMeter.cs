using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using DklActors.Actors.Experiments;
using DklActors.Messages.Events;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace DklActors.Actors.Metering;

/// <summary>
/// The metrics of one run in this process, for as long as its experiment lives. Whatever the journal knows is counted
/// from its events when they are durable, and only there.
/// </summary>
/// <remarks>Written by the experiment's thread; the gauges are read by any.</remarks>
internal sealed class RunMeter : IDisposable
{
    private readonly string _runId;
    private readonly Tag _run;

    // Under the experiment's thread.
    private TimeSpan? _firstExposure;
    private TimeSpan _busy;
    private int _frames;

    private volatile ImmutableHashSet<string> _holds = [];
    private volatile int _modelAge;
    private volatile int _inFlight;
    private double _beamUtilisation;
    private double _driftShift;
    private double _driftRate;
    private double _driftQuality;

    public RunMeter(string runId)
    {
        _runId = runId;
        _run = new Tag(PipelineMetrics.RunTag, runId);
        PipelineMetrics.Register(runId, this);
    }

    public ImmutableHashSet<string> Holds => _holds;

    public int ModelAge => _modelAge;

    public int InFlight
    {
        get => _inFlight;
        set => _inFlight = value;
    }

    /// <summary>0 before there are two frames.</summary>
    public double BeamUtilisation => Volatile.Read(ref _beamUtilisation);

    /// <summary>px; 0 where nobody looks.</summary>
    public double DriftShift => Volatile.Read(ref _driftShift);

    /// <summary>px a minute; 0 where it is not known.</summary>
    public double DriftRate => Volatile.Read(ref _driftRate);

    public double DriftQuality => Volatile.Read(ref _driftQuality);

    public Measurement<double> Measure(double value) => new(value, _run);

    public Measurement<int> Measure(int value, string tag, object? tagged) => new(value, _run, new Tag(tag, tagged));

    /// <param name="journalEvent">An event that is durable now.</param>
    /// <param name="state">The state after it.</param>
    public void Committed(JournalEvent journalEvent, ExperimentState state)
    {
        _modelAge = state.Usable.Count - (state.Model?.Observations ?? 0);
        switch (journalEvent)
        {
            case PointPlanned planned:
                PipelineMetrics.PointsPlanned.Add(1, _run, new Tag("rule", planned.Basis.Reason.ToString()));
                PipelineMetrics.Planning.Record(planned.Took.TotalSeconds, _run);
                break;
            case ExposureIntended intended:
                PipelineMetrics.ExposuresIntended.Add(1, _run);
                PipelineMetrics.Retries.Add(intended.Attempt > 1 ? 1 : 0, _run);
                break;
            case SurveyRecorded survey:
                PipelineMetrics.Electrons.Add(survey.ChargedElectrons, _run, new Tag("for", "survey"));
                break;
            case SurveyLost lost:
                PipelineMetrics.Electrons.Add(lost.ChargedElectrons, _run, new Tag("for", "survey"));
                PipelineMetrics.DriftLooks.Add(state.Survey is null ? 0 : 1, _run, new Tag("outcome", "lost"));
                break;
            case DriftCorrected look:
                Looked(look, state);
                break;
            case FrameRecorded recorded:
                PipelineMetrics.PointsRecorded.Add(1, _run);
                Exposed("frame", recorded.ChargedElectrons);
                Use(recorded.Timing);
                break;
            case ExposureFailed failed:
                Exposed("failed", failed.ChargedElectrons);
                break;
            case ExposureOutcomeUnknown unknown:
                Exposed("unknown", unknown.ChargedElectrons);
                break;
            case PointScalarized scalarized:
                PipelineMetrics.PointsScalarized.Add(
                    1, _run, new Tag("quality", scalarized.Scalar.Quality.ToString()));
                PipelineMetrics.Scalarizing.Record(scalarized.Took.TotalSeconds, _run);
                break;
            case PointAbandoned:
                PipelineMetrics.PointsAbandoned.Add(1, _run);
                break;
            case ModelTrained trained:
                PipelineMetrics.Training.Record(trained.Took.TotalSeconds, _run, new Tag("outcome", "trained"));
                break;
            case TrainingFailed failed:
                PipelineMetrics.Training.Record(failed.Took.TotalSeconds, _run, new Tag("outcome", "failed"));
                break;
            case ExperimentCompleted or ExperimentStopped or ExperimentAborted or ExperimentHalted
                or ExperimentInterlocked or ExperimentFailed:
                PipelineMetrics.RunsEnded.Add(1, _run, new Tag("state", state.Run.ToString()));
                break;
        }
    }

    /// <summary>An append is durable.</summary>
    public void Appended(TimeSpan took) => PipelineMetrics.Appending.Record(took.TotalSeconds, _run);

    /// <summary>The beam was on for an exposure, whatever came of it.</summary>
    public void BeamWasOn(TimeSpan time) => PipelineMetrics.BeamOn.Add(time.TotalSeconds, _run);

    public void Held(string by) => _holds = _holds.Add(by);

    public void Released(string by) => _holds = _holds.Remove(by);

    public void Vetoed(bool endsRun) => PipelineMetrics.Vetoes.Add(1, _run, new Tag("ends_run", endsRun));

    public void Restarted(string worker) => PipelineMetrics.WorkerRestarts.Add(1, _run, new Tag("worker", worker));

    public void Dispose() => PipelineMetrics.Unregister(_runId, this);

    private void Looked(DriftCorrected look, ExperimentState state)
    {
        PipelineMetrics.Electrons.Add(look.ChargedElectrons, _run, new Tag("for", "drift"));
        PipelineMetrics.DriftLooks.Add(1, _run, new Tag("outcome", look.Rejected is null ? "good" : "rejected"));
        Volatile.Write(ref _driftShift, state.Drift.Shift.Length);
        Volatile.Write(ref _driftRate, state.Drift.RatePerMinute?.Length ?? 0);
        Volatile.Write(ref _driftQuality, look.Quality);
    }

    private void Exposed(string outcome, double electrons)
    {
        PipelineMetrics.Exposures.Add(1, _run, new Tag("outcome", outcome));
        PipelineMetrics.Electrons.Add(electrons, _run, new Tag("for", "exposure"));
    }

    private void Use(ExposureTiming timing)
    {
        TimeSpan used = timing.Exposed + timing.ReadOut;
        PipelineMetrics.DetectorBusy.Add(used.TotalSeconds, _run);
        _firstExposure ??= timing.ExposureStart;
        _busy += used;
        TimeSpan span = timing.ExposureStart + used - _firstExposure.Value;
        if (++_frames > 1 && span > TimeSpan.Zero)
        {
            Volatile.Write(ref _beamUtilisation, _busy / span);
        }
    }
}
