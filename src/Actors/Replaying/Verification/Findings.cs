using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>Counts outcomes and keeps the first divergences, however many there are.</summary>
internal sealed class Findings
{
    private const int MostKept = 100;

    private readonly SortedDictionary<CheckedThing, CheckCount> _counts =
        new(Enum.GetValues<CheckedThing>().ToDictionary(what => what, what => new CheckCount(what)));

    private readonly List<Divergence> _divergences = [];
    private readonly List<string> _notes = [];

    public ImmutableArray<CheckCount> Counts => [.. _counts.Values];

    public ImmutableArray<Divergence> Divergences => [.. _divergences];

    public ImmutableArray<string> Notes => [.. _notes];

    public void Same(CheckedThing what) => _counts[what] = _counts[what] with { Same = _counts[what].Same + 1 };

    public void Near(CheckedThing what, double deviation, bool isTie = false) => _counts[what] = _counts[what] with
    {
        LargestDeviation = Math.Max(_counts[what].LargestDeviation, deviation),
        WithinTolerance = _counts[what].WithinTolerance + 1,
        Ties = _counts[what].Ties + (isTie ? 1 : 0),
    };

    public void AsStored(CheckedThing what) =>
        _counts[what] = _counts[what] with { AsStored = _counts[what].AsStored + 1 };

    public void NotDerivable(CheckedThing what, string why)
    {
        _counts[what] = _counts[what] with { NotDerivable = _counts[what].NotDerivable + 1 };
        Note(why);
    }

    /// <summary>One thing that diverges, in any number of fields; none at all is one that is the same.</summary>
    public void Compare(StoredEvent stored, CheckedThing what, params IReadOnlyList<Difference> differences)
    {
        if (differences.Count == 0)
        {
            Same(what);
            return;
        }

        _counts[what] = _counts[what] with { Divergent = _counts[what].Divergent + 1 };
        foreach (Difference difference in differences.Take(MostKept - _divergences.Count))
        {
            _divergences.Add(new Divergence(
                stored.Ordering, stored.Manifest, PointOf(stored.Event), what, difference));
        }
    }

    public void Note(string note)
    {
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    private static PointId? PointOf(JournalEvent journalEvent) => journalEvent switch
    {
        PointPlanned planned => planned.Point,
        NeighbourPlanned neighbour => neighbour.Point,
        ExposureIntended intended => intended.Point,
        ExposureFailed failed => failed.Point,
        ExposureOutcomeUnknown unknown => unknown.Point,
        FrameRecorded recorded => recorded.Point,
        PointScalarized scalarized => scalarized.Point,
        PointAbandoned abandoned => abandoned.Point,
        BudgetReached reached => reached.Point,
        _ => null,
    };
}
