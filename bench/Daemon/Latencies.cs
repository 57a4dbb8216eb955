namespace DklActors.Daemon;

/// <summary>Durations of one kind, by their quantiles.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _ms = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _ms.Count;
            }
        }
    }

    public void Add(TimeSpan duration)
    {
        lock (_gate)
        {
            _ms.Add(duration.TotalMilliseconds);
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            double[] sorted = [.. _ms.Order()];
            return sorted.Length == 0
                ? "none"
                : FormattableString.Invariant(
                    $"p50 {At(0.5):F1}, p99 {At(0.99):F1}, most {sorted[^1]:F1} ms of {sorted.Length}");

            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        }
    }
}
