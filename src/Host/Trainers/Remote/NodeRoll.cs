using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>The nodes by their beats.</summary>
internal sealed class NodeRoll(TimeProvider time)
{
    private const int MostNodes = 1000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _entries = [];

    /// <summary>The newest beat first.</summary>
    public IReadOnlyList<NodeView> Views
    {
        get
        {
            lock (_gate)
            {
                Clear_NeedsLock();
                return
                [
                    .. _entries.Values.OrderByDescending(static entry => entry.HeardAt)
                        .ThenBy(static entry => entry.Beat.Node, StringComparer.Ordinal)
                        .Select(ViewOf),
                ];
            }
        }
    }

    /// <summary>Takes a beat in.</summary>
    /// <returns>False for one that is older than what was heard of that node, or of one node too many.</returns>
    public bool Hear(NodeBeat beat)
    {
        lock (_gate)
        {
            bool isKnown = _entries.TryGetValue(beat.Instance, out Entry? before);
            if (isKnown ? beat.Sequence <= before!.Beat.Sequence : _entries.Count >= MostNodes)
            {
                Clear_NeedsLock();
                return false;
            }

            // Another process of that name: the earlier one is gone, even if it could not say so.
            foreach ((Guid instance, Entry entry) in _entries.Where(
                one => one.Key != beat.Instance && one.Value.Beat.Node == beat.Node && IsSilent(one.Value)).ToArray())
            {
                _entries.Remove(instance);
            }

            _entries[beat.Instance] = new Entry(beat, time.GetTimestamp(), time.GetUtcNow());
            return true;
        }
    }

    /// <summary>Whether a node that beats could train a job.</summary>
    /// <param name="software">Version and commit that it needs.</param>
    /// <param name="except">Name of a node that does not count.</param>
    public bool HasFitting(string software, string? except)
    {
        lock (_gate)
        {
            return _entries.Values.Any(entry => !IsSilent(entry) && !entry.Beat.Leaving
                && entry.Beat.Software == software && entry.Beat.Protocol == TrainerProtocol.Version
                && entry.Beat.Node != except);
        }
    }

    /// <summary>In words, for those who wait in vain.</summary>
    public string Describe(string software)
    {
        lock (_gate)
        {
            Entry[] there = [.. _entries.Values.Where(entry => !IsSilent(entry) && !entry.Beat.Leaving)];
            int fitting = there.Count(entry => entry.Beat.Software == software);
            string[] others =
                [.. there.Select(static entry => entry.Beat.Software).Where(one => one != software).Distinct().Take(3)];
            return there.Length == 0 ? "no node is heard"
                : fitting == 0 ? $"none of the {there.Length} nodes runs {software}, but {string.Join(", ", others)}"
                : $"{fitting} nodes are there, which have "
                    + $"{there.Sum(static entry => entry.Beat.Jobs.Length)} jobs already";
        }
    }

    private static NodeView ViewOf(NodeBeat beat, NodeStanding standing, DateTimeOffset heard) => new(
        beat.Node, beat.Instance, standing, beat.Device, beat.Capacity, beat.Jobs, beat.Software, beat.Identity,
        beat.Protocol, heard);

    private NodeView ViewOf(Entry entry) => ViewOf(
        entry.Beat,
        entry.Beat.Leaving ? NodeStanding.Left : IsSilent(entry) ? NodeStanding.Silent : NodeStanding.There,
        entry.HeardOn);

    private bool IsSilent(Entry entry) => time.GetElapsedTime(entry.HeardAt) > TrainerProtocol.LongestSilence;

    private void Clear_NeedsLock()
    {
        foreach (Guid instance in _entries.Where(one => time.GetElapsedTime(one.Value.HeardAt) > KeptFor)
            .Select(static one => one.Key).ToArray())
        {
            _entries.Remove(instance);
        }
    }

    private sealed record Entry(NodeBeat Beat, long HeardAt, DateTimeOffset HeardOn);
}
