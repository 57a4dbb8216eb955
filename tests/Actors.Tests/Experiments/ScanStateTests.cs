using DklActors.Actors.Experiments;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Experiments;

/// <summary>What follows from the events of a scan, and from which of them nothing follows.</summary>
public sealed class ScanStateTests
{
    private static readonly Provenance Provenance = new("test", "host", "os", "runtime", "processor", []);
    private static readonly ExperimentStarted Started = new(
        "run", "test", 1, "hash", "scope", "scalarizer", "engine", "acquisition", Provenance);

    private static readonly SurveyIntended Intended = new(new GridShape(10, 10), 800);
    private static readonly SurveyLost Lost = new("the scan coils are warm", 500);
    private static readonly SurveyRecorded Recorded = new(
        "hash", "HAADF", new GridShape(10, 10), new Nanometre(1), 16, 600, null);

    [Fact]
    public void A_lost_scan_leaves_its_charge_on_every_pixel_and_room_for_another_scan()
    {
        var state = ExperimentState.Fold([Started, Intended, Lost, Intended, Recorded]);

        state.Run.Should().Be(RunState.Running);
        state.Scan.Should().BeNull();
        state.Dose.TotalElectrons.Should().Be(1100);
        state.Dose.ElectronsAt(new GridPoint(4, 4)).Should().BeApproximately(11, 1e-12);
        state.Dose.OpenReservations.Should().Be(0);
    }

    [Fact]
    public void An_intent_that_nothing_answers_stays_open_whatever_ends_the_run()
    {
        var state = ExperimentState.Fold(
            [Started, Intended, new ExperimentFailed("why"), new ExperimentContinued(2, Provenance)]);

        state.Scan.Should().Be(Intended);
        state.Dose.ReservedForScan.Should().Be(800);
        state.Dose.TotalElectrons.Should().Be(800);
    }

    [Fact]
    public void A_journal_from_before_scans_were_intended_still_gives_a_state()
    {
        var state = ExperimentState.Fold([Started, Recorded]);

        state.Run.Should().Be(RunState.Running);
        state.Dose.TotalElectrons.Should().Be(600);
    }

    [Fact]
    public void What_does_not_follow_is_refused()
    {
        Folding(Intended).Should().Throw<InvalidOperationException>("nothing has begun");
        Folding(Started, Intended, Intended).Should().Throw<InvalidOperationException>("one scan at a time");
        Folding(Started, Intended, Recorded, Intended).Should().NotThrow("it is a look at the drift");
        Folding(Started, Intended, Recorded, Intended, Intended).Should()
            .Throw<InvalidOperationException>("one scan at a time");
        Folding(Started, Lost).Should().Throw<InvalidOperationException>("there was none to lose");
        Folding(Started, Intended, Lost, Lost).Should().Throw<InvalidOperationException>("it is lost once");
    }

    private static Action Folding(params JournalEvent[] events) => () => ExperimentState.Fold(events);
}
