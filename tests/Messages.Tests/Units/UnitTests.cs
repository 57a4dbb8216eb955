using DklActors.Messages.Units;

namespace DklActors.Messages.Tests.Units;

public sealed class UnitTests
{
    [Fact]
    public void One_picoampere_carries_the_codata_number_of_electrons()
    {
        // 1 pA · 1 s / e with e = 1.602 176 634e-19 C exactly (CODATA 2018).
        new BeamCurrent(1).ElectronsDuring(TimeSpan.FromSeconds(1))
            .Should().BeApproximately(6_241_509.074_460_763, 1e-6);
        new BeamCurrent(40).ElectronsDuring(TimeSpan.FromMilliseconds(100))
            .Should().BeApproximately(40 * 0.1 * 6_241_509.074_460_763, 1e-4);
    }

    [Fact]
    public void A_dwell_spreads_its_electrons_over_the_pixel_in_square_angstrom()
    {
        // A pixel of 2 nm has 400 Å².
        Dose dose = new BeamCurrent(1).DoseDuring(TimeSpan.FromSeconds(1), new Nanometre(2));

        dose.ElectronsPerSquareAngstrom.Should().BeApproximately(6_241_509.074_460_763 / 400, 1e-8);
    }

    [Fact]
    public void Energies_add_subtract_and_compare()
    {
        var low = new ElectronVolt(1.5);
        var high = new ElectronVolt(4);

        (low + high).Should().Be(new ElectronVolt(5.5));
        (low - high).Should().Be(new ElectronVolt(-2.5));
        (low < high && high > low && low <= high && high >= low).Should().BeTrue();
        (high < low || low > high || high <= low || low >= high).Should().BeFalse();
        low.CompareTo(high).Should().BeNegative();
    }

    [Fact]
    public void Doses_add_subtract_and_compare()
    {
        var low = new Dose(10);
        var high = new Dose(30);

        (low + high).Should().Be(new Dose(40));
        (high - low - low - low).Should().Be(Dose.Zero);
        (low < high && high > low && low <= high && high >= low).Should().BeTrue();
        (high < low || low > high || high <= low || low >= high).Should().BeFalse();
    }

    [Fact]
    public void Point_ids_are_ordered_by_number()
    {
        var second = new PointId(2);
        var tenth = new PointId(10);

        (second < tenth && tenth > second && second <= tenth && tenth >= second).Should().BeTrue();
        (tenth < second || second > tenth || tenth <= second || second >= tenth).Should().BeFalse();
        tenth.ToString().Should().Be("p10");
    }

    [Theory]
    [InlineData(2.4, "2.4 eV")]
    [InlineData(1740, "1740 eV")]
    [InlineData(-0.020_1, "-0.0201 eV")]
    public void An_energy_is_written_with_its_unit(double value, string text) =>
        new ElectronVolt(value).ToString().Should().Be(text);

    [Fact]
    public void Lengths_currents_and_doses_are_written_with_their_units()
    {
        new Nanometre(8.552).ToString().Should().Be("8.552 nm");
        new BeamCurrent(12.5).ToString().Should().Be("12.5 pA");
        new Dose(12_345_678).ToString().Should().Be("1.235E+07 e/A^2");
    }
}
