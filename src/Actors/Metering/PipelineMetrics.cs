using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DklActors.Actors.Metering;

/// <summary>
/// The instruments of the pipeline, under the meter <see cref="MeterName"/>; each value has the tag
/// <see cref="RunTag"/>. Counters count what became durable in this process: they agree with the journal.
/// </summary>
public static class PipelineMetrics
{
    public const string MeterName = "DklActors.Pipeline";

    public const string RunTag = "run.id";

    private static readonly Meter Meter = new(MeterName);

    // From a commit on a fast disk to a long training, in seconds.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
            [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 300],
    };

    // Runs under way in this process by their ids, for the gauges. An experiment made anew takes its own place again.
    private static readonly ConcurrentDictionary<string, RunMeter> Live = new();

    static PipelineMetrics()
    {
        Gauge("dkl.model.age", "{point}", "Scalars that the model was not trained on.", run => run.ModelAge);
        Gauge("dkl.journal.in_flight", "{append}", "Appends that are not yet durable.", run => run.InFlight);
        Gauge(
            "dkl.beam.utilisation",
            "1",
            "Share of the time since the first exposure in which the detector exposed or read out.",
            run => run.BeamUtilisation);
        Gauge("dkl.drift.shift", "{pixel}", "How far the sample has moved by the last look.", run => run.DriftShift);
        Gauge("dkl.drift.rate", "{pixel}/min", "How fast it moves, by the last two looks.", run => run.DriftRate);
        Gauge("dkl.drift.quality", "1", "How well the last look matched the first image.", run => run.DriftQuality);
        Meter.CreateObservableGauge(
            "dkl.holds.active",
            () => Live.Values.SelectMany(run => run.Holds.Select(by => run.Measure(1, "by", by))),
            "{hold}",
            "Who holds exposures back now.");
    }

    internal static Counter<long> PointsPlanned { get; } =
        Count("dkl.points.planned", "{point}", "Points chosen, by the rule that decided.");

    internal static Counter<long> PointsRecorded { get; } =
        Count("dkl.points.recorded", "{point}", "Points whose frame is durable.");

    internal static Counter<long> PointsScalarized { get; } =
        Count("dkl.points.scalarized", "{point}", "Points whose scalar is durable, by its quality.");

    internal static Counter<long> PointsAbandoned { get; } =
        Count("dkl.points.abandoned", "{point}", "Points given up without a frame.");

    internal static Counter<long> ExposuresIntended { get; } =
        Count("dkl.exposures.intended", "{exposure}", "Exposures whose intent is durable; each has one outcome.");

    internal static Counter<long> Exposures { get; } =
        Count("dkl.exposures", "{exposure}", "Exposures by outcome: frame, failed, unknown.");

    internal static Counter<long> DriftLooks { get; } =
        Count("dkl.drift.looks", "{look}", "Scans to tell the drift, by outcome: good, rejected, lost.");

    internal static Counter<long> Retries { get; } =
        Count("dkl.exposures.retries", "{exposure}", "Intended exposures of a point beyond its first.");

    internal static Counter<double> Electrons { get; } = Meter.CreateCounter<double>(
        "dkl.electrons", "{electron}", "Electrons charged to the sample, by what they were for.");

    internal static Counter<double> BeamOn { get; } = Meter.CreateCounter<double>(
        "dkl.beam.on", "s", "Time with the beam unblanked for exposures: never less than the truth.");

    internal static Counter<double> DetectorBusy { get; } = Meter.CreateCounter<double>(
        "dkl.detector.busy", "s", "Time the detector exposed or read out frames that became durable.");

    internal static Counter<long> WorkerRestarts { get; } =
        Count("dkl.worker.restarts", "{restart}", "Workers made anew after a fault, by name.");

    internal static Counter<long> Vetoes { get; } =
        Count("dkl.interlock.vetoes", "{veto}", "Exposures that the interlock refused.");

    private static Counter<long> LogLinesLost { get; } =
        Count("dkl.log.lost", "{line}", "Log lines that the log did not take.");

    internal static Counter<long> RunsEnded { get; } =
        Count("dkl.runs.ended", "{run}", "Runs that ended, by the state that they ended in.");

    internal static Histogram<double> Planning { get; } = Duration("dkl.planning.duration", "Choosing a point.");

    internal static Histogram<double> Training { get; } =
        Duration("dkl.training.duration", "Training a model, by outcome: trained, failed.");

    internal static Histogram<double> Scalarizing { get; } =
        Duration("dkl.scalarizing.duration", "Turning a frame into a scalar.");

    internal static Histogram<double> Appending { get; } =
        Duration("dkl.journal.append.duration", "From asking for an append to the news that it is durable.");

    /// <summary>A line of a run's log is not where it should be.</summary>
    public static void CountLostLogLine(string runId) =>
        LogLinesLost.Add(1, new KeyValuePair<string, object?>(RunTag, runId));

    internal static void Register(string runId, RunMeter run) => Live[runId] = run;

    internal static void Unregister(string runId, RunMeter run) => Live.TryRemove(new(runId, run));

    private static Counter<long> Count(string name, string unit, string description) =>
        Meter.CreateCounter<long>(name, unit, description);

    private static Histogram<double> Duration(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, Durations);

    private static void Gauge(string name, string unit, string description, Func<RunMeter, double> value) =>
        Meter.CreateObservableGauge(
            name, () => Live.Values.Select(run => run.Measure(value(run))), unit, description);
}
