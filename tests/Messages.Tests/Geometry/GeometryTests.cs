using DklActors.Messages.Geometry;

namespace DklActors.Messages.Tests.Geometry;

public sealed class GeometryTests
{
    [Theory]
    [InlineData(16, 50, 50, 35, 35)] // as in the published piezoresponse set: 35 × 35 patches of 16 × 16 on 50 × 50
    [InlineData(9, 128, 128, 120, 120)]
    [InlineData(1, 4, 3, 4, 3)]
    [InlineData(2, 4, 3, 3, 2)]
    [InlineData(5, 5, 5, 1, 1)]
    [InlineData(6, 5, 9, 0, 0)]
    public void A_patch_fits_around_so_many_candidates(int size, int rows, int columns, int fitRows, int fitColumns)
    {
        var image = new GridShape(rows, columns);
        var window = new PatchWindow(size);

        GridPoint[] fitting = [.. Enumerable.Range(0, image.Count).Select(image.PointAt)
            .Where(centre => window.Fits(centre, image))];

        fitting.Should().HaveCount(fitRows * fitColumns);
        fitting.Select(centre => centre.Row).Distinct().Should().HaveCount(fitRows);
        window.PixelCount.Should().Be(size * size);
    }

    [Theory]
    [InlineData(5, 8, 8)]
    [InlineData(4, 8, 8)]
    [InlineData(1, 10, 10)]
    public void An_odd_patch_is_centred_and_an_even_one_reaches_one_pixel_further_up_and_left(
        int size, int row, int column) =>
        new PatchWindow(size).UpperLeftOf(new GridPoint(10, 10)).Should().Be(new GridPoint(row, column));

    [Fact]
    public void A_grid_is_walked_row_by_row()
    {
        var grid = new GridShape(3, 4);
        int index = 0;
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++, index++)
            {
                grid.IndexOf(new GridPoint(row, column)).Should().Be(index);
                grid.PointAt(index).Should().Be(new GridPoint(row, column));
            }
        }

        index.Should().Be(grid.Count);
        grid.ToString().Should().Be("3×4 px");
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(3, 0)]
    [InlineData(0, 4)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void A_point_outside_the_grid_has_no_index(int row, int column)
    {
        var grid = new GridShape(3, 4);
        var point = new GridPoint(row, column);

        grid.Contains(point).Should().BeFalse();
        grid.Invoking(it => it.IndexOf(point)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"*{point} lies outside the grid of 3×4 px*");
    }

    [Theory]
    [InlineData(1.49, 1)]
    [InlineData(1.51, 2)]
    [InlineData(0.5, 0)] // ties go to the even pixel
    [InlineData(1.5, 2)]
    [InlineData(2.5, 2)]
    [InlineData(-0.4, 0)]
    [InlineData(-0.6, -1)]
    public void The_nearest_pixel_is_the_one_whose_centre_is_nearest(double position, int pixel)
    {
        new ProbePosition(position, 7).NearestPixel.Should().Be(new GridPoint(pixel, 7));
        new ProbePosition(7, position).NearestPixel.Should().Be(new GridPoint(7, pixel));
    }

    [Fact]
    public void Distances_are_euclidean_and_positions_are_written_as_row_and_column()
    {
        new ProbePosition(1, 2).DistanceTo(new ProbePosition(4, 6)).Should().Be(5);
        new ProbePosition(1, 2.345).ToString().Should().Be("(1.00, 2.35)");
        new GridPoint(3, -4).ToString().Should().Be("(3, -4)");
        new GridPoint(3, 4).Centre.NearestPixel.Should().Be(new GridPoint(3, 4));
    }
}
