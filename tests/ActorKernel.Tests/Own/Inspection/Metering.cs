using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DklActors.ActorKernel.Dispatch;

namespace DklActors.ActorKernel.Tests.Own.Inspection;

/// <summary>Sums of what the kernel's meter says about one actor system.</summary>
internal sealed class Metering : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _sums = [];
    private readonly MeterListener _listener = new();
    private readonly string _system;

    public Metering(string system)
    {
        _system = system;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KernelMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <param name="series">The instrument and its tags but the system, as "actors.stops actor=/user/x".</param>
    public double this[string series] => _sums.GetValueOrDefault(series);

    public IEnumerable<string> Series => _sums.Keys;

    /// <summary>Reads the gauges. To be called once, so that a series that came twice has a sum.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var named = tags.ToArray().ToDictionary();
        if (Equals(named["system"], _system))
        {
            var rest = named.Where(tag => tag.Key != "system").Select(tag => $" {tag.Key}={tag.Value}");
            _sums.AddOrUpdate(instrument.Name + string.Concat(rest), value, (_, sum) => sum + value);
        }
    }
}
