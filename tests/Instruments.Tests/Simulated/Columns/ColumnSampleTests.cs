using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using Xunit.Abstractions;

namespace DklActors.Instruments.Tests.Simulated.Columns;

public sealed class ColumnSampleTests(ITestOutputHelper output)
{
    private static readonly ColumnOptions Options = new() { Grid = new GridShape(64, 64) };

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void The_centre_of_mass_of_a_pattern_is_the_truth_within_a_fiftieth_of_a_pixel(double rotation)
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options with
        {
            Camera = Options.Camera with { ScanRotationDegrees = rotation },
        });
        float[] rows = microscope.Truth("com-row"), columns = microscope.Truth("com-column");
        double largest = 0;
        for (int i = 0; i < rows.Length; i += 37)
        {
            (double row, double column) = Support.CentreOfMass(microscope.FrameAt(Options.Grid.PointAt(i)));

            largest = Math.Max(largest, double.Hypot(row - 63.5 - rows[i], column - 63.5 - columns[i]));
        }

        output.WriteLine($"largest error {largest:G3} px; |CoM| up to {microscope.Truth("com-magnitude").Max():G3} px");
        largest.Should().BeLessThan(0.02);
        microscope.Truth("com-magnitude").Max().Should().BeGreaterThan(0.5f);
    }

    [Fact]
    public void Electrons_are_drawn_towards_the_columns()
    {
        var sample = Options.Grow();
        AtomicColumn heavy = sample.Columns.First(column => column.Kind == ColumnKind.Strontium
            && column.RowNanometres is > 0.6 and < 1.2 && column.ColumnNanometres is > 0.6 and < 1.2);
        double pixel = Options.PixelSize.Value;
        ProbePosition right = new(heavy.RowNanometres / pixel, (heavy.ColumnNanometres + 0.04) / pixel);
        ProbePosition below = new((heavy.RowNanometres + 0.04) / pixel, heavy.ColumnNanometres / pixel);

        At(sample, "deflection-column", right).Should().BeLessThan(-0.05);
        At(sample, "field-column", right).Should().BePositive("the field points away from nuclei");
        At(sample, "deflection-row", below).Should().BeLessThan(-0.05);
        At(sample, "charge-density", new(heavy.RowNanometres / pixel, heavy.ColumnNanometres / pixel))
            .Should().BePositive();
    }

    [Fact]
    public void The_deflection_is_the_field_over_momentum_and_velocity()
    {
        var sample = Options.Grow();
        ProbePosition place = new(20.3, 31.7);
        // p v of a 200 keV electron: E (E + 2 m c²) / (E + m c²) = 343.75 keV.
        double expected = -1000 * At(sample, "field-row", place) * Options.Thickness.Value / 343_745;

        At(sample, "deflection-row", place).Should().BeApproximately(expected, 1e-4 * Math.Abs(expected));
        At(sample, "com-row", place).Should().BeApproximately(expected / 0.75, 1e-3 * Math.Abs(expected));
    }

    [Fact]
    public void Descan_moves_patterns_linearly_with_the_scan_and_the_truth_knows_nothing_of_it()
    {
        PatternOptions camera = Options.Camera with { DescanRowPixels = 4, DescanColumnPixels = -3 };
        using SimulatedMicroscope still = Support.Microscope(Options);
        using SimulatedMicroscope moving = Support.Microscope(Options with { Camera = camera });
        foreach (GridPoint point in new GridPoint[] { new(0, 0), new(31, 12), new(63, 63), new(5, 50) })
        {
            (double row, double column) = Support.CentreOfMass(still.FrameAt(point));
            (double movedRow, double movedColumn) = Support.CentreOfMass(moving.FrameAt(point));

            (movedRow - row).Should().BeApproximately(4 * ((point.Row / 63.0) - 0.5), 0.02);
            (movedColumn - column).Should().BeApproximately(-3 * ((point.Column / 63.0) - 0.5), 0.02);
        }

        moving.Truth("com-row").Should().Equal(still.Truth("com-row"));
    }

    [Fact]
    public void The_image_shows_what_the_deflection_follows_from()
    {
        // Between columns there is no field, nor on them: it is largest on their flanks, where the image is steep.
        using SimulatedMicroscope microscope = Support.Microscope(Options with { SurveyCounts = 1e6 });
        float[] image = microscope.Image.Values.ToArray(), truth = microscope.Truth("com-magnitude");
        List<double> slopes = [], values = [];
        for (int row = 1; row < 63; row++)
        {
            for (int column = 1; column < 63; column++)
            {
                int i = (row * 64) + column;
                slopes.Add(double.Hypot(image[i + 1] - image[i - 1], image[i + 64] - image[i - 64]));
                values.Add(truth[i]);
            }
        }

        Support.Correlation(slopes, values).Should().BeGreaterThan(0.6);
    }

    [Fact]
    public void Dopants_vacancies_and_domain_walls_are_where_they_were_asked_for()
    {
        ColumnSample perfect = (Options with { Dopants = 0, Vacancies = 0, DomainWalls = 0 }).Grow();
        ColumnSample doped = (Options with { Dopants = 0.5, Vacancies = 0.3 }).Grow();

        perfect.Columns.Should().OnlyContain(column => column.Occupancy == 1 && column.Kind != ColumnKind.Lead);
        AtomicColumn[] corners = [.. doped.Columns.Where(column =>
            column.Kind is ColumnKind.Lead or ColumnKind.Strontium)];
        ((double)corners.Count(column => column.Kind == ColumnKind.Lead) / corners.Length)
            .Should().BeApproximately(0.5, 0.12);
        doped.Columns.Count(column => column.Occupancy < 1).Should().BeGreaterThan(20);
        CrystalGrower.Polarisation(1, [2.0]).Should().BeApproximately(1, 0.01);
        CrystalGrower.Polarisation(3, [2.0]).Should().BeApproximately(-1, 0.01);
        CrystalGrower.Polarisation(2, [2.0]).Should().BeApproximately(0, 1e-12);
    }

    [Fact]
    public void Counting_noise_is_that_of_Poisson()
    {
        using SimulatedMicroscope microscope = Support.Microscope(Options with
        {
            BeamCurrent = new BeamCurrent(1), NominalDwell = TimeSpan.FromMilliseconds(1),
        });
        GridPoint point = new(10, 20);
        float[] expected = microscope.FrameAt(point).Counts.ToArray();
        const int repeats = 40;
        double chi = 0;
        int degrees = 0;
        for (int seed = 0; seed < repeats; seed++)
        {
            ReadOnlySpan<float> counts = microscope.MeasuredAt(point, seed).Counts.Span;
            for (int i = 0; i < counts.Length; i++)
            {
                if (expected[i] > 0.5)
                {
                    chi += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
                    degrees++;
                }
            }
        }

        (chi / degrees).Should().BeApproximately(1, 0.02);
        expected.Sum().Should().BeApproximately((float)new BeamCurrent(1).ElectronsDuring(
            TimeSpan.FromMilliseconds(1)), 20);
    }

    [Fact]
    public void A_camera_that_holds_no_disc_is_refused()
    {
        Action grow = () => (Options with { Camera = Options.Camera with { MilliradPerPixel = 0.1 } }).Grow();

        grow.Should().Throw<ArgumentException>().WithMessage("*discs of 200 px*convergence angle*");
    }

    private static double At(SimulatedSample sample, string name, ProbePosition place) =>
        sample.Quantities.Single(quantity => quantity.Name == name).At(place);
}
