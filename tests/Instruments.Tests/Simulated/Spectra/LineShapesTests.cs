using DklActors.Instruments.Simulated.Spectra;

namespace DklActors.Instruments.Tests.Simulated.Spectra;

public sealed class LineShapesTests
{
    private const double Step = 0.002;

    [Fact]
    public void Peaks_have_unit_area()
    {
        Integral(static energy => LineShapes.Gaussian(energy, 0.12), 2).Should().BeApproximately(1, 1e-9);
        // The Lorentzian's tails beyond ±a hold 1 − (2/π) arctan(2a/width).
        Integral(static energy => LineShapes.Lorentzian(energy, 0.12), 2)
            .Should().BeApproximately(2 / Math.PI * Math.Atan(4 / 0.12), 1e-5);
    }

    [Fact]
    public void Every_peak_is_at_half_its_height_at_half_its_width()
    {
        foreach (double share in new[] { 0, 0.015, 0.5, 1 })
        {
            (LineShapes.PseudoVoigt(0.06, 0.12, share) / LineShapes.PseudoVoigt(0, 0.12, share))
                .Should().BeApproximately(0.5, 1e-12);
        }
    }

    [Theory]
    [InlineData(0.24, 0.12)]
    [InlineData(0.16, 0.16)]
    [InlineData(0.1, 0.2)]
    public void The_Voigt_width_is_that_of_the_numerical_convolution(double lorentzian, double gaussian)
    {
        double width = LineShapes.VoigtWidth(lorentzian, gaussian);

        double half = Voigt(width / 2, lorentzian, gaussian) / Voigt(0, lorentzian, gaussian);

        half.Should().BeApproximately(0.5, 2e-4);
    }

    private static double Voigt(double at, double lorentzian, double gaussian) => Integral(
        energy => LineShapes.Gaussian(energy, gaussian) * LineShapes.Lorentzian(at - energy, lorentzian), 1);

    private static double Integral(Func<double, double> function, double reach)
    {
        int steps = (int)Math.Round(reach / Step);
        return Enumerable.Range(-steps, (2 * steps) + 1).Sum(i => function(i * Step)) * Step;
    }
}
