using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Fields;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Tests.Patterns;

public sealed class FieldTests
{
    // Reimer and Kohl, Transmission Electron Microscopy (2008), table 2.2: wavelengths in pm.
    [Theory]
    [InlineData(80e3, 4.1757)]
    [InlineData(200e3, 2.5079)]
    [InlineData(300e3, 1.9687)]
    public void Wavelengths_are_those_of_the_textbook(double energy, double picometre) =>
        (new ElectronBeam(energy).WavelengthNanometre * 1000).Should().BeApproximately(picometre, 1e-4);

    [Fact]
    public void A_field_is_minus_the_deflection_times_pv_over_thickness()
    {
        // γ·m₀·v² at 200 keV from the speed, β = 0.69531: 510.999 keV · 1.39139 · 0.48345.
        var calibration = new FieldCalibration(0.5, new ElectronBeam(200e3), 10);
        var displacement = new CentreOfMass(2, -4, 0.01, 0.04, 0, Finding.Good);

        CentreOfMass field = calibration.FieldOf(displacement);

        field.X.Should().BeApproximately(-34.374, 0.01);
        field.Y.Should().BeApproximately(68.748, 0.02);
        field.Column.StandardError.Should().BeApproximately(34.374 * 0.1 / 2, 0.01);
    }

    [Fact]
    public void A_uniform_charge_is_found_again()
    {
        // In a uniform charge density ρ, Ex = ρ·x/2ε₀ and Ey = ρ·y/2ε₀.
        const double Density = 0.7, Step = 0.02;
        double slope = Density / (2 * FieldCalibration.VacuumPermittivity);
        CentreOfMass At(double x, double y) => new(slope * x, slope * y, 0.01, 0.01, 0, Finding.Good);
        var cross = new CrossStencil(
            At(0.3, 0.2), At(0.3, 0.2 - Step), At(0.3, 0.2 + Step), At(0.3 - Step, 0.2), At(0.3 + Step, 0.2));

        Measured density = cross.ChargeDensity(Step);

        density.Value.Should().BeApproximately(Density, 1e-9);
        density.StandardError.Should().BeApproximately(
            FieldCalibration.VacuumPermittivity * 0.1 / Step, 1e-9);
        density.Finding.Should().Be(Finding.Good);
    }

    [Fact]
    public void At_an_edge_the_difference_is_one_sided_and_suspect()
    {
        CentreOfMass At(double x, double y) => new(2 * x, 3 * y, 0.01, 0.01, 0.002, Finding.Good);
        var corner = new CrossStencil(At(0, 0), null, At(0, 1), null, At(1, 0));
        var besideBad = new CrossStencil(
            At(0, 0), CentreOfMass.Bad(Finding.Bad("saturated")), At(0, 1), At(-1, 0), At(1, 0));

        Measured divergence = corner.Divergence(1);

        divergence.Value.Should().BeApproximately(5, 1e-12);
        divergence.StandardError.Should().BeApproximately(Math.Sqrt(0.01 + 0.01 + 0.01 + 0.01 + 0.004), 1e-12);
        divergence.Finding.Quality.Should().Be(ScalarQuality.Suspect);
        besideBad.Divergence(1).Value.Should().BeApproximately(5, 1e-12);
        besideBad.Divergence(1).Finding.Reason.Should().Contain("saturated");
        new CrossStencil(At(0, 0), null, null, At(-1, 0), At(1, 0)).Divergence(1).Finding.IsBad.Should().BeTrue();
        new CrossStencil(CentreOfMass.Bad(Finding.Bad("x")), At(0, -1), At(0, 1), At(-1, 0), At(1, 0))
            .Divergence(1).Value.Should().BeApproximately(5, 1e-12, "central differences do without the centre");
    }
}
