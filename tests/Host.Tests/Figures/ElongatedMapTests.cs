using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Figures.Raster;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Figures;

/// <summary>Maps that are larger than a picture of them should be.</summary>
public sealed class ElongatedMapTests
{
    // Margin and title of a figure of one map, see MapLayout.
    private const int Left = 22;
    private const int Top = 22 + 28;

    private static readonly GridShape Tall = new(1568, 192);

    [Fact]
    public void Tall_maps_stand_side_by_side_in_a_picture_that_fits_a_screen()
    {
        RgbImage image = new MapPanel { Title = "Six", Maps = [.. Enumerable.Repeat(MapOf(Tall), 6)] }.Render();

        image.Height.Should().BeInRange(500, 800);
        image.Width.Should().BeInRange(800, 1920);
    }

    [Fact]
    public void Wide_maps_lie_below_each_other()
    {
        RgbImage image = new MapPanel { Maps = [.. Enumerable.Repeat(MapOf(new GridShape(100, 900)), 6)] }.Render();

        image.Width.Should().BeInRange(900, 1300);
        image.Height.Should().BeInRange(300, 700);
    }

    [Fact]
    public void A_cell_of_a_reduced_map_is_the_mean_of_its_finite_pixels()
    {
        double[] values =
        [
            1, 3, 8, double.NaN, 5,
            3, 5, double.NaN, double.NaN, 7,
            2, 4, double.NaN, double.NaN, 9,
        ];

        ReducedMap.Means(values, new GridShape(3, 5), 2).ToArray().Should().Equal(3, 8, 6, 3, double.NaN, 9);
        ReducedMap.ShapeOf(new GridShape(3, 5), 2).Should().Be(new GridShape(2, 3));
        ReducedMap.Means(values, new GridShape(3, 5), 1).ToArray().Should().Equal(values);
    }

    [Fact]
    public void Points_and_scale_bar_of_a_reduced_map_keep_to_its_scale()
    {
        MapFigure map = MapOf(Tall) with
        {
            Visited = [new(new GridPoint(100, 40), false), new(new GridPoint(751, 91), false)],
            Next = new GridPoint(1201, 100),
        };
        RgbImage image = new MapPanel { Maps = [map] }.Render();

        // Three pixels of the map to one of the picture.
        image[Left + (91 / 3), Top + (751 / 3)].Should().Be(Rgb.White);
        image[Left + (100 / 3), Top + (1201 / 3)].Should().Be(Palette.Next);
        // A third of 192 nm holds 50 nm.
        int bar = Top + 523 + 17;
        Enumerable.Range(0, 60).TakeWhile(x => image[Left + x, bar] == Palette.Ink).Count().Should().Be(17);
    }

    private static MapFigure MapOf(GridShape shape) => new()
    {
        Title = "Structural image and measured points",
        Shape = shape,
        Values = Enumerable.Range(0, shape.Count).Select(i => (double)(i / shape.Columns)).ToArray(),
        PixelSize = new Nanometre(1),
        Quantity = "counts",
    };
}
