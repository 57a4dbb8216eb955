using System.Diagnostics.CodeAnalysis;
using DklActors.Instruments.Blankers;

namespace DklActors.Host.Watching.Guarding;

/// <summary>All blankers that were ever armed here; each keeps its thread.</summary>
internal sealed class BlankerWatches(WatchdogLog log, TimeProvider time)
{
    private const int Most = 64;

    private readonly Dictionary<string, BlankerWatch> _watches = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Whether nothing is armed and nothing is left to blank.</summary>
    public bool AreAtRest => All().All(watch => watch.IsAtRest);

    public BlankerWatch? Find(string? name)
    {
        lock (_gate)
        {
            return name is null ? null : _watches.GetValueOrDefault(name);
        }
    }

    /// <returns>False when there are too many already.</returns>
    public bool TryGet(BlankerSpec spec, [NotNullWhen(true)] out BlankerWatch? watch)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(spec.ToString(), out watch) && _watches.Count < Most)
            {
                watch = new BlankerWatch(spec, log, time);
                _watches.Add(spec.ToString(), watch);
            }

            return watch is not null;
        }
    }

    /// <summary>Blanks all that are armed.</summary>
    public void LoseAll(string why)
    {
        foreach (BlankerWatch watch in All())
        {
            watch.LoseAny(why);
        }
    }

    private BlankerWatch[] All()
    {
        lock (_gate)
        {
            return [.. _watches.Values];
        }
    }
}
