using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Messages.Tests.Frames;

public sealed class EnergyAxisTests
{
    private static readonly EnergyAxis XRays = new(new ElectronVolt(0), new ElectronVolt(10), 2048);

    [Theory]
    [InlineData(1640, 1860, 165, 186)] // bounds on channels: neither belongs
    [InlineData(1639.9, 1860.1, 164, 187)]
    [InlineData(1640.1, 1859.9, 165, 186)]
    [InlineData(1641, 1649, 165, 165)] // between two channels
    [InlineData(1640, 1650, 165, 165)]
    [InlineData(1640, 1660, 165, 166)]
    [InlineData(-100, 1, 0, 1)]
    [InlineData(-100, -50, 0, 0)]
    [InlineData(20_469, 1e9, 2047, 2048)]
    [InlineData(20_470, 1e9, 2048, 2048)]
    [InlineData(1860, 1640, 187, 187)] // the wrong way round
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 0, 2048)]
    public void Channels_strictly_inside_the_window_belong_to_it(double low, double high, int start, int end) =>
        XRays.ChannelsWithin(Window(low, high)).Should().Be(start..end);

    [Fact]
    public void The_silica_window_has_21_channels_though_the_axis_is_written_in_rounded_kiloelectronvolt()
    {
        // 1.64 keV / 0.01 keV is 163.99999999999997 in double precision, 1.86 / 0.01 is 186.00000000000003.
        var axis = new EnergyAxis(new ElectronVolt(0), new ElectronVolt(0.01), 2048);

        Range channels = axis.ChannelsWithin(Window(1.64, 1.86));

        channels.Should().Be(165..186);
        channels.GetOffsetAndLength(axis.Channels).Length.Should().Be(21);
    }

    [Fact]
    public void Every_channel_as_a_bound_is_left_out_whatever_the_dispersion()
    {
        foreach (double dispersion in new[] { 0.01, 0.020_1, 0.1, 0.25, 1.0 / 3 })
        {
            var axis = new EnergyAxis(new ElectronVolt(-3.7), new ElectronVolt(dispersion), 1024);
            for (int channel = 0; channel < 1000; channel++)
            {
                // As a recipe would give them: rounded to 12 digits.
                double low = Math.Round(-3.7 + (channel * dispersion), 12);
                double high = Math.Round(-3.7 + ((channel + 7) * dispersion), 12);
                axis.ChannelsWithin(Window(low, high)).Should().Be((channel + 1)..(channel + 7));
            }
        }
    }

    [Theory]
    [InlineData(1640, 1860, true)]
    [InlineData(-5, 20_475, true)] // half a channel beyond either end is still the first and last channel
    [InlineData(-5.1, 100, false)]
    [InlineData(100, 20_475.1, false)]
    [InlineData(1641, 1649, false)] // no channel between
    [InlineData(1860, 1640, false)]
    public void A_window_is_covered_when_both_bounds_lie_on_the_axis_and_a_channel_between(
        double low, double high, bool covered) => XRays.Covers(Window(low, high)).Should().Be(covered);

    [Fact]
    public void Channels_are_centred_on_multiples_of_the_dispersion()
    {
        var axis = new EnergyAxis(new ElectronVolt(350), new ElectronVolt(0.5), 1024);

        axis[0].Should().Be(new ElectronVolt(350));
        axis.Last.Should().Be(new ElectronVolt(861.5));
        axis.ToString().Should().Be("350 eV .. 861.5 eV, 0.5 eV/channel");
    }

    private static EnergyWindow Window(double low, double high) => new(new ElectronVolt(low), new ElectronVolt(high));
}
