using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Trainers.Broker;

/// <summary>
/// Counts messages that were dropped, by why, and tells of the first, the second, the fourth, and so on.
/// </summary>
internal sealed class DroppedMessages(ILogger log)
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many there were for each reason.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts.ToImmutableSortedDictionary();

    /// <param name="reason">One of a few, such as "a result with a wrong signature".</param>
    /// <param name="detail">For the log.</param>
    public void Count(string reason, string detail)
    {
        long count = _counts.AddOrUpdate(reason, 1, static (_, before) => before + 1);
        if (BitOperations.IsPow2(count))
        {
            log.LogWarning("Dropped {Reason} ({Count} so far): {Detail}", reason, count, detail);
        }
    }
}
