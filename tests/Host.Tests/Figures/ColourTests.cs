using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Tests.Figures;

public sealed class ColourTests
{
    [Theory]
    [InlineData(0.0, "#440154")]
    [InlineData(0.25, "#3B528B")]
    [InlineData(0.501, "#21918C")]
    [InlineData(1.0, "#FDE725")]
    [InlineData(-3, "#440154")]
    [InlineData(7, "#FDE725")]
    public void Viridis_has_its_published_colours(double fraction, string hex) =>
        ColourMap.Viridis[fraction].Hex.Should().Be(hex);

    [Fact]
    public void Cividis_goes_from_blue_to_yellow_and_gets_brighter_all_the_way()
    {
        ColourMap.Cividis[0].Hex.Should().Be("#00204D");
        ColourMap.Cividis[1].Hex.Should().Be("#FFEA46");
        double[] brightness = [.. Enumerable.Range(0, 256).Select(i => Brightness(ColourMap.Cividis[i / 255.0]))];
        brightness.Zip(brightness.Skip(1)).Should().OnlyContain(pair => pair.Second > pair.First - 0.8);
        brightness[^1].Should().BeGreaterThan(brightness[0] + 150);
    }

    [Fact]
    public void A_diverging_map_is_nearly_white_in_the_middle_and_blue_and_red_at_its_ends()
    {
        Brightness(ColourMap.Diverging[0.5]).Should().BeGreaterThan(240);
        ColourMap.Diverging[0.1].Blue.Should().BeGreaterThan(ColourMap.Diverging[0.1].Red);
        ColourMap.Diverging[0.9].Red.Should().BeGreaterThan(ColourMap.Diverging[0.9].Blue);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_mid_grey(double value) =>
        ColourMap.Viridis[value].Should().Be(new Rgb(128, 128, 128));

    [Fact]
    public void A_range_leaves_out_what_is_not_finite_and_is_never_empty()
    {
        ValueRange.Of([double.NaN, 3, -1, double.PositiveInfinity]).Should().Be(new ValueRange(-1, 3));
        ValueRange.Of([double.NaN]).Should().Be(new ValueRange(0, 1));
        ValueRange.Of([4, 4]).Should().Be(new ValueRange(3.8, 4.2));
        ValueRange.SymmetricOf([-1, 3]).Should().Be(new ValueRange(-3, 3));
    }

    private static double Brightness(Rgb colour) =>
        (0.2126 * colour.Red) + (0.7152 * colour.Green) + (0.0722 * colour.Blue);
}
