using System.Diagnostics.Metrics;
using DklActors.Actors.Metering;
using Prometheus;

namespace DklActors.Host.Serving;

/// <summary>
/// The meters of pipeline, kernel and server as Prometheus reads them, from the daemon's start on: a listener that came
/// with the first question would have missed what was counted before.
/// </summary>
internal sealed class DaemonMetrics : IDisposable
{
    // Each run has a hundred series of its own: they go some scrapes after its last change, or a week's runs would fill
    // megabytes at every scrape. One that was held for longer begins at 0 again, as after a restart.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private static readonly string[] Meters =
    [
        PipelineMetrics.MeterName, "DklActors.ActorKernel", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime",
    ];

    private readonly IDisposable _listening;

    public DaemonMetrics()
    {
        DotNetStats.Register(Registry);
        _listening = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = Registry,
            MetricFactory = Metrics.WithCustomRegistry(Registry),
            MetricsExpireAfter = Kept,
            InstrumentFilterPredicate = static instrument => Meters.Contains(instrument.Meter.Name),
            ResolveHistogramBuckets = BucketsOf,
        });
    }

    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    public void Dispose() => _listening.Dispose();

    private static double[] BucketsOf(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } own }
            ? [.. own]
            : MeterAdapterOptions.DefaultHistogramBuckets;
}
