using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DklActors.Actors.Metering;

namespace DklActors.Actors.Tests.Metering;

/// <summary>What the pipeline's instruments say of one run.</summary>
internal sealed class Meters : IDisposable
{
    private readonly ConcurrentQueue<Sample> _samples = new();
    private readonly MeterListener _listener = new();
    private readonly string _runId;

    public Meters(string runId)
    {
        _runId = runId;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PipelineMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public double Sum(string name, params string[] tags) => Values(name, tags).Aggregate(0.0, (sum, one) => sum + one);

    /// <param name="name">The instrument.</param>
    /// <param name="tags">Values of tags that a sample must have.</param>
    public IReadOnlyList<double> Values(string name, params string[] tags) =>
        [.. _samples.Where(sample => sample.Name == name && tags.All(sample.Tags.Contains)).Select(one => one.Value)];

    /// <summary>What the gauges say now, without what they said before.</summary>
    public void Look()
    {
        Sample[] others = [.. _samples.Where(sample => !sample.IsGauge)];
        _samples.Clear();
        foreach (Sample other in others)
        {
            _samples.Enqueue(other);
        }

        _listener.RecordObservableInstruments();
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Other tests run other experiments at the same time.
        Dictionary<string, object?> all = new(tags.ToArray());
        if (Equals(all.GetValueOrDefault(PipelineMetrics.RunTag), _runId))
        {
            string[] values = [.. all.Values.Select(one => $"{one}")];
            _samples.Enqueue(new Sample(instrument.Name, value, values, instrument.IsObservable));
        }
    }

    private sealed record Sample(string Name, double Value, string[] Tags, bool IsGauge);
}
