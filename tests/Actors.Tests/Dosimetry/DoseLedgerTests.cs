using DklActors.Actors.Dosimetry;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Dosimetry;

public sealed class DoseLedgerTests
{
    private static readonly GridPoint Here = new(3, 4);
    private static readonly GridPoint There = new(5, 6);

    [Fact]
    public void A_reservation_counts_at_once_and_its_settlement_replaces_it()
    {
        DoseLedger reserved = DoseLedger.Empty.Reserve("p1/1", Here, 100);
        reserved.TotalElectrons.Should().Be(100);
        reserved.ElectronsAt(Here).Should().Be(100);

        DoseLedger settled = reserved.Settle("p1/1", 70).Reserve("p2/1", There, 100);
        settled.SettledElectrons.Should().Be(70);
        settled.TotalElectrons.Should().Be(170);
        settled.ElectronsAt(Here).Should().Be(70);
        settled.ElectronsAt(There).Should().Be(100);
    }

    [Fact]
    public void Exposures_of_one_pixel_add_up()
    {
        DoseLedger ledger = DoseLedger.Empty
            .Reserve("p1/1", Here, 100).Settle("p1/1", 90)
            .Reserve("p1/2", Here, 100).Settle("p1/2", 80);
        ledger.ElectronsAt(Here).Should().Be(170);
        ledger.OpenReservations.Should().Be(0);
    }

    [Fact]
    public void A_scan_of_all_pixels_is_charged_to_each_of_them()
    {
        DoseLedger ledger = DoseLedger.Empty.Reserve("p1/1", Here, 100).SettleScan(500, pixels: 100);
        ledger.ElectronsAt(Here).Should().Be(105);
        ledger.ElectronsAt(There).Should().Be(5);
        ledger.TotalElectrons.Should().Be(600);
        ledger.Settle("p1/1", 50).ElectronsAt(Here).Should().Be(55);
    }

    [Fact]
    public void A_scan_under_way_counts_in_the_total_and_its_settlement_replaces_it()
    {
        DoseLedger reserved = DoseLedger.Empty.Reserve("p1/1", Here, 100).ReserveScan(800);
        reserved.TotalElectrons.Should().Be(900);
        reserved.ReservedElectrons.Should().Be(900);
        reserved.ReservedForScan.Should().Be(800);
        reserved.OpenReservations.Should().Be(2);
        reserved.ElectronsAt(Here).Should().Be(100, "a scan is spread once it is known what it cost");

        DoseLedger settled = reserved.SettleScan(500, pixels: 100);
        settled.TotalElectrons.Should().Be(600);
        settled.ReservedForScan.Should().BeNull();
        settled.OpenReservations.Should().Be(1);
        settled.ElectronsAt(Here).Should().Be(105);
    }

    [Fact]
    public void A_scan_under_way_is_not_touched_by_exposures_that_come_and_go()
    {
        DoseLedger ledger = DoseLedger.Empty.ReserveScan(800).Reserve("p1/1", Here, 100).Settle("p1/1", 70);
        ledger.ReservedForScan.Should().Be(800);
        ledger.ReservedElectrons.Should().Be(800);
        ledger.TotalElectrons.Should().Be(870);
        ledger.OpenReservations.Should().Be(1);
    }

    [Fact]
    public void A_scan_that_cost_nothing_is_still_under_way_until_it_is_settled()
    {
        DoseLedger ledger = DoseLedger.Empty.ReserveScan(0);
        ledger.OpenReservations.Should().Be(1);
        ledger.SettleScan(0, pixels: 100).OpenReservations.Should().Be(0);
    }

    [Fact]
    public void A_dose_is_electrons_over_the_area_of_a_pixel()
    {
        // 1 nm² is 100 Å².
        DoseLedger.DoseOf(1000, new Nanometre(1)).Should().Be(new Dose(10));
        DoseLedger.Empty.Reserve("p1/1", Here, 1000).DoseAt(Here, new Nanometre(2)).Should().Be(new Dose(2.5));
    }

    [Fact]
    public void What_does_not_add_up_is_refused()
    {
        DoseLedger ledger = DoseLedger.Empty.Reserve("p1/1", Here, 100);
        FluentActions.Invoking(() => ledger.Reserve("p1/1", Here, 100)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => ledger.Settle("p2/1", 100)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => ledger.Settle("p1/1", 90).Settle("p1/1", 90))
            .Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => ledger.Settle("p1/1", -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ledger.ReserveScan(1).ReserveScan(1)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => ledger.ReserveScan(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ledger.ReserveScan(1).SettleScan(-1, 100))
            .Should().Throw<ArgumentOutOfRangeException>();
    }
}
