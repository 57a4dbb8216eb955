using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Tests.Patterns;

public sealed class CentreOfMassTests
{
    private static readonly PatternPoint Centre = new(31.5, 31.5);

    [Theory]
    [InlineData(30.13, 40.77)]
    [InlineData(31.5, 31.5)]
    [InlineData(25.008, 29.991)]
    public void A_disc_is_found_within_a_fiftieth_of_a_pixel(double row, double column)
    {
        Scene scene = new Scene(64, 64).Disc(row, column, 12, 100);

        CentreOfMass found = Meter(scene).Measure(scene.Counts, scene.Shape);

        found.Y.Should().BeApproximately(row - Centre.Row, 0.002);
        found.X.Should().BeApproximately(column - Centre.Column, 0.002);
        found.Finding.Should().Be(Finding.Good);
    }

    [Fact]
    public void Single_pixels_count_wherever_a_register_begins_or_ends()
    {
        foreach (int columns in (int[])[1, 7, 8, 9, 16, 19])
        {
            var shape = new GridShape(3, columns);
            var meter = new CentreOfMassMeter(PatternMask.All(shape), default);
            for (int pixel = 0; pixel < shape.Count; pixel++)
            {
                float[] counts = new float[shape.Count];
                counts[pixel] = 5;

                CentreOfMass found = meter.Measure(counts, shape);

                (found.Y, found.X).Should().Be((pixel / columns, pixel % columns));
            }
        }
    }

    [Fact]
    public void One_electron_does_not_claim_to_know_its_place_exactly()
    {
        float[] counts = new float[64];
        counts[20] = 1;

        CentreOfMass found = new CentreOfMassMeter(PatternMask.All(new GridShape(8, 8)), default)
            .Measure(counts, new GridShape(8, 8));

        found.Column.StandardError.Should().BeApproximately(Math.Sqrt(1.0 / 12), 1e-12);
    }

    [Fact]
    public void Angles_and_lengths_follow_the_screen()
    {
        var com = new CentreOfMass(0, 3, 0.04, 0.01, 0, Finding.Good);

        com.Angle.Value.Should().Be(90);
        com.Angle.StandardError.Should().BeApproximately(double.RadiansToDegrees(0.2 / 3), 1e-12);
        com.Magnitude.Value.Should().Be(3);
        com.Magnitude.StandardError.Should().BeApproximately(0.1, 1e-12);
    }

    [Fact]
    public void The_direction_of_nothing_is_suspect()
    {
        Measured angle = new CentreOfMass(0.01, 0, 0.04, 0.04, 0, Finding.Good).Angle;

        angle.Finding.Quality.Should().Be(ScalarQuality.Suspect);
        angle.StandardError.Should().BeApproximately(360 / Math.Sqrt(12), 1e-9);
    }

    [Theory]
    [InlineData(90, false, 1, 0, 0, 1)]
    [InlineData(90, false, 0, 1, -1, 0)]
    [InlineData(0, true, 1, 0, 0, 1)]
    [InlineData(-90, true, 1, 0, 1, 0)]
    [InlineData(180, false, 2, 3, -2, -3)]
    public void The_scan_is_turned_from_x_to_y(
        double degrees, bool transposed, double x, double y, double turnedX, double turnedY)
    {
        CentreOfMass turned = new ScanFrame(degrees, transposed).Apply(new(x, y, 0.01, 0.04, 0, Finding.Good));

        turned.X.Should().BeApproximately(turnedX, 1e-12);
        turned.Y.Should().BeApproximately(turnedY, 1e-12);
        (turned.VarianceX + turned.VarianceY).Should().BeApproximately(0.05, 1e-12);
    }

    [Fact]
    public void A_descan_plane_is_found_again()
    {
        var plane = new DescanPlane(1.5, 0.02, -0.01, -0.7, 0.003, 0.04);
        ProbePosition[] places = [new(0, 0), new(10, 3), new(4, 30), new(25, 25)];
        CentreOfMass[] shifts =
            [.. places.Select(place => new CentreOfMass(plane.At(place).X, plane.At(place).Y, 0, 0, 0, Finding.Good))];

        var found = DescanPlane.Fit(places, shifts);

        found.OffsetX.Should().BeApproximately(1.5, 1e-9);
        found.PerRowX.Should().BeApproximately(0.02, 1e-9);
        found.PerColumnY.Should().BeApproximately(0.04, 1e-9);
        FluentActions.Invoking(() => DescanPlane.Fit([new(0, 0), new(1, 1), new(2, 2)], shifts[..3]))
            .Should().Throw<ArgumentException>().WithMessage("*one line*");
    }

    [Fact]
    public void What_the_mask_leaves_out_does_not_matter_even_if_it_is_no_number()
    {
        Scene scene = new Scene(64, 64).Gaussian(33, 30, 3, 3, 100);
        float[] counts = scene.Counts;
        counts[2] = float.NaN;
        counts[63] = 1e9f;
        var meter = new CentreOfMassMeter(PatternMask.Disc(scene.Shape, Centre, 20), Centre, saturationCounts: 1e6);

        CentreOfMass found = meter.Measure(counts, scene.Shape);

        found.Finding.Should().Be(Finding.Good);
        found.Y.Should().BeApproximately(1.5, 1e-4);
        found.X.Should().BeApproximately(-1.5, 1e-4);
    }

    [Fact]
    public void Two_rounds_give_the_same_bits_on_any_thread()
    {
        Scene scene = new Scene(61, 67).Gaussian(33, 30, 8, 8, 100);
        CentreOfMassMeter meter = Meter(scene);
        float[] counts = scene.Noisy(5);
        CentreOfMass first = meter.Measure(counts, scene.Shape);
        CentreOfMass[] others = new CentreOfMass[64];

        Parallel.For(0, others.Length, i => others[i] = meter.Measure(counts, scene.Shape));

        others.Should().AllBeEquivalentTo(first);
    }

    private static CentreOfMassMeter Meter(Scene scene) => new(PatternMask.All(scene.Shape), Centre);
}
