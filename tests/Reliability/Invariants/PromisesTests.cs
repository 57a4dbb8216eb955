using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Invariants;

/// <summary>A check that cannot fail shows nothing: each promise is broken once.</summary>
public sealed class PromisesTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly long Second = TimeProvider.System.TimestampFrequency;
    private static readonly GridPoint Place = new(4, 5);

    private static readonly PlanningBasis Basis =
        new(PlanningReason.Seed, 0, 0, [], 1, double.NaN, double.NaN, double.NaN);

    private static readonly Evidence Sound = EvidenceOf(
        [
            new PointPlanned(new PointId(1), Place, Basis, TimeSpan.Zero),
            new ExposureIntended(
                new PointId(1), 1, Place.Centre, Place.Centre, Longest / 2, Longest, Current.ElectronsDuring(Longest)),
        ]);

    private static BeamCurrent Current => new(10);

    [Fact]
    public void Sound_evidence_breaks_no_promise() => BrokenIn(Sound).Should().BeEmpty();

    [Fact]
    public void An_acknowledged_event_that_is_not_in_the_journal_is_lost() =>
        BrokenIn(Sound with { Statements = [.. Sound.Statements, Acknowledged(3, 8)] })
            .Should().Equal(Promise.NothingLost);

    [Fact]
    public void An_event_with_another_checksum_than_was_acknowledged_is_lost() =>
        BrokenIn(Sound with
        {
            Events = [Sound.Events[0] with { Checksum = ContentHash.Of([99]) }, Sound.Events[1]],
        }).Should().Equal(Promise.NothingLost);

    [Fact]
    public void A_fault_of_the_chain_is_a_broken_chain() =>
        BrokenIn(Sound with { Chain = new ChainReport(1, 0, "wrong") }).Should().Equal(Promise.ChainWhole);

    [Fact]
    public void A_lease_that_is_exposed_by_two_processes_is_exposed_twice() =>
        BrokenIn(Sound with { Shots = [.. Sound.Shots, Sound.Shots[0] with { Process = 2, OnAt = 20 * Second }] })
            .Should().Contain(Promise.NothingTwice);

    [Fact]
    public void A_shot_before_its_intent_was_acknowledged_is_not_intended() =>
        BrokenIn(Sound with { Shots = [Sound.Shots[0] with { OnAt = 1 }] }).Should().Equal(Promise.IntendedBefore);

    [Fact]
    public void A_shot_for_which_nothing_was_armed_is_not_intended() =>
        BrokenIn(Sound with { Shots = [Sound.Shots[0] with { Point = Shot.NoPoint }] })
            .Should().Equal(Promise.IntendedBefore);

    [Fact]
    public void A_beam_that_stayed_on_for_longer_than_was_reserved_is_not_charged() =>
        BrokenIn(Sound with { Shots = [Sound.Shots[0] with { Longest = 2 * Longest }] })
            .Should().Equal(Promise.DoseCharged, Promise.DoseCharged);

    [Fact]
    public void A_process_that_journals_before_it_has_blanked_is_found() =>
        BrokenIn(Sound with { Statements = [.. Sound.Statements.Where(each => each.Word != Statement.Blanked)] })
            .Should().Equal(Promise.BlankedFirst);

    [Fact]
    public void A_run_that_does_not_come_to_its_end_is_found() =>
        Promises.BrokenAtTheEnd(Sound, points: 1).Select(breach => breach.Promise)
            .Should().Equal(Promise.ComesToItsEnd, Promise.DoseCharged);

    private static IEnumerable<Promise> BrokenIn(Evidence evidence) =>
        new Promises(Current).BrokenIn(evidence).Select(breach => breach.Promise);

    private static Evidence EvidenceOf(ImmutableArray<JournalEvent> events) => new(
        [.. events.Select((each, i) => new StoredEvent(
            i + 1, "run", i + 1, default, 1, each.GetType().Name, 1, each, ContentHash.Of([(byte)(i + 1)])))],
        new ChainReport(events.Length, 0, null),
        [
            new Statement(Second, 1, Statement.Blanked, string.Empty),
            new Statement(2 * Second, 1, Statement.Appending, string.Empty),
            Acknowledged(1, 3), Acknowledged(2, 4),
        ],
        [new Shot(1, 1, 1, Place, 5 * Second, Longest, 0, 0)],
        At: 30 * Second);

    private static Statement Acknowledged(int ordering, int second) => new(
        second * Second, 1, Statement.Acknowledged, $"{ordering} {ContentHash.Of([(byte)ordering]).Hex}");
}
