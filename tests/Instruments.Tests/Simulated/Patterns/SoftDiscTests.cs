using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Simulated.Patterns;

public sealed class SoftDiscTests
{
    private static readonly GridShape Camera = new(64, 48);

    [Theory]
    [InlineData(2.2)]
    [InlineData(3.7)]
    [InlineData(9.4)]
    [InlineData(17)]
    public void Its_centre_of_mass_is_where_it_was_put_wherever_pixels_are(double radius)
    {
        SoftDisc disc = new(radius, 0.5);
        for (int i = 0; i < 25; i++)
        {
            (double row, double column) = (30 + (i * 0.037), 22.5 + (i * 0.081));
            float[] image = new float[Camera.Count];

            disc.AddTo(image, Camera.Columns, row, column, 1e6);

            PatternFrame frame = new(Camera, image);
            (double foundRow, double foundColumn) = Support.CentreOfMass(frame);
            foundRow.Should().BeApproximately(row, 1e-3);
            foundColumn.Should().BeApproximately(column, 1e-3);
            Support.Sum(frame).Should().BeApproximately(1e6, 3e3);
        }
    }

    [Fact]
    public void A_tilted_intensity_moves_the_centre_of_mass_by_what_was_asked_and_stays_positive()
    {
        SoftDisc disc = new(12, 0.7);
        double shift = 0.7 * disc.LargestTiltShift;
        float[] image = new float[Camera.Count];

        disc.AddTo(image, Camera.Columns, 31.3, 23.8, 1e6, -shift, shift);

        (double row, double column) = Support.CentreOfMass(new PatternFrame(Camera, image));
        row.Should().BeApproximately(31.3 - shift, 2e-3);
        column.Should().BeApproximately(23.8 + shift, 2e-3);
        image.Min().Should().BeGreaterThanOrEqualTo(0);
        shift.Should().BeGreaterThan(0.8);
    }

    [Fact]
    public void A_disc_partly_off_the_camera_keeps_the_part_that_is_on_it()
    {
        SoftDisc disc = new(6, 0.5);
        float[] image = new float[Camera.Count];

        disc.AddTo(image, Camera.Columns, -0.5, 20, 1e6);

        image.Sum(static value => (double)value).Should().BeApproximately(5e5, 2e3);
    }

    [Theory]
    [InlineData(-2.5)]
    [InlineData(-0.3)]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(2)]
    public void The_error_function_is_that_of_a_numerical_integral(double x)
    {
        const int steps = 20_000;
        double step = x / steps;
        double integral = Enumerable.Range(0, steps).Sum(i => Math.Exp(-Math.Pow((i + 0.5) * step, 2))) * step;

        ErrorFunction.Complement(x).Should().BeApproximately(1 - (2 / Math.Sqrt(Math.PI) * integral), 3e-7);
    }

    // 200 kV: 2.5079 pm; Reimer and Kohl, Transmission Electron Microscopy (2008), table 2.1.
    [Theory]
    [InlineData(80, 0.0041757)]
    [InlineData(200, 0.0025079)]
    [InlineData(300, 0.0019687)]
    public void The_wavelength_is_that_of_the_literature(double kilovolts, double wavelength) =>
        new ElectronOptics(kilovolts).WavelengthNanometres.Should().BeApproximately(wavelength, 1e-7);
}
