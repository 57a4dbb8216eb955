using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Figures.Raster;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Figures;

public sealed class MapFigureTests
{
    // Margin and title of a figure of one map, see MapLayout.
    private const int Left = 22;
    private const int Top = 22 + 28;

    private static readonly MapFigure s_map = new()
    {
        Title = "Prediction",
        Shape = new GridShape(4, 8),
        Values = Enumerable.Range(0, 32).Select(i => i == 5 ? double.NaN : i).ToArray(),
        PixelSize = new Nanometre(3),
        Quantity = "counts",
    };

    [Fact]
    public void Every_value_is_a_square_of_its_colour_and_NaN_is_grey()
    {
        RgbImage image = s_map.Render(480);

        for (int i = 0; i < 32; i++)
        {
            Rgb expected = i == 5 ? ColourMap.Undefined : ColourMap.Viridis[i / 31.0];
            image[Left + (i % 8 * 60) + 30, Top + (i / 8 * 60) + 30].Should().Be(expected, "value {0}", i);
        }
    }

    [Fact]
    public void The_map_is_enlarged_by_a_whole_factor_to_a_readable_size()
    {
        s_map.Render(481).Width.Should().Be(s_map.Render(488).Width, "both take a factor of 61");
        s_map.Render(481).Width.Should().Be(s_map.Render(480).Width + 8);
    }

    [Fact]
    public void The_scale_bar_is_as_long_as_its_label_says()
    {
        RgbImage image = s_map.Render(480);

        // 8 px of 3 nm are 24 nm; a third of them holds 5 nm, which are 5/3 pixels of 60.
        int y = Top + 240 + 17;
        Enumerable.Range(0, 200).TakeWhile(x => Brightness(image[Left + x, y]) < 100).Count().Should().Be(100);
    }

    [Fact]
    public void Visited_points_are_drawn_where_they_were_measured()
    {
        MapFigure visited = s_map with
        {
            Visited =
            [
                new(new GridPoint(0, 1), true), new(new GridPoint(2, 3), false), new(new GridPoint(3, 6), false),
            ],
            Next = new GridPoint(1, 6),
        };

        RgbImage image = visited.Render(480);

        image[Left + 90, Top + 30].Should().Be(Rgb.White);
        image[Left + 210, Top + 150].Should().Be(Rgb.White);
        image[Left + 390, Top + 90].Should().Be(Palette.Next);
        (visited with { Colouring = VisitColouring.Value, Visited = [new(new GridPoint(2, 3), false, 31)] })
            .Render(480)[Left + 210, Top + 150].Should().Be(ColourMap.Viridis[1]);
    }

    [Fact]
    public void A_panel_holds_its_maps_in_rows_and_is_a_valid_png()
    {
        RgbImage one = new MapPanel { Maps = [s_map], LeastEdge = 200 }.Render();
        RgbImage three = new MapPanel { Maps = [s_map, s_map, s_map], Columns = 2, LeastEdge = 200 }.Render();

        three.Width.Should().BeGreaterThan((2 * one.Width) - 30).And.BeLessThan(2 * one.Width);
        PngDecoder decoded = PngDecoder.Read(three.ToPng("panel"));
        (decoded.Width, decoded.Height).Should().Be((three.Width, three.Height));
        int at = ((40 * three.Width) + 30) * 3;
        decoded.Pixels[at..(at + 3)].Should().Equal(three[30, 40].Red, three[30, 40].Green, three[30, 40].Blue);
    }

    [Fact]
    public void Maps_of_one_value_or_of_none_are_drawn()
    {
        (s_map with { Values = new double[32] }).Render(100).Width.Should().BePositive();
        (s_map with { Values = Enumerable.Repeat(double.NaN, 32).ToArray() }).Render(100).Width.Should().BePositive();
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_refused() =>
        FluentActions.Invoking(() => (s_map with { Values = new double[31] }).Render()).Should()
            .Throw<ArgumentException>().WithMessage("The map 'Prediction' has 31 values, which are not 4×8 px.*");

    [Fact]
    public void The_font_has_what_a_scientist_writes()
    {
        string needed = string.Concat(Enumerable.Range(33, 94).Select(i => (char)i)) + "µ²³Å×−±σ°–…≤≥Δλαβ";

        needed.Where(character => !StrokeFont.Has(character)).Should().BeEmpty();
    }

    [Fact]
    public void Text_that_is_too_wide_is_cut_to_fit()
    {
        string cut = TextPainter.Fit("a title that is much too long", Palette.Title, 90);

        cut.Should().EndWith("…").And.StartWith("a ti");
        TextPainter.WidthOf(cut, Palette.Title).Should().BeLessThanOrEqualTo(90);
    }

    private static int Brightness(Rgb colour) => (colour.Red + colour.Green + colour.Blue) / 3;
}
