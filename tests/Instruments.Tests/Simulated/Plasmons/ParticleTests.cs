using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Plasmons;

namespace DklActors.Instruments.Tests.Simulated.Plasmons;

public sealed class ParticleTests
{
    [Fact]
    public void Longer_rods_have_a_lower_longitudinal_and_an_unchanged_transverse_energy()
    {
        double[] lengths = [40, 60, 80, 100];
        double[] longitudinal = [.. lengths.Select(static length => Energy(Rod(length), PlasmonKind.Corner))];

        longitudinal.Should().BeInDescendingOrder();
        longitudinal[^1].Should().BeLessThan(longitudinal[0] - 0.5);
        Energy(Rod(40), PlasmonKind.Edge).Should().Be(Energy(Rod(100), PlasmonKind.Edge));
    }

    [Theory]
    [InlineData(ParticleShape.Sphere)]
    [InlineData(ParticleShape.Cube)]
    [InlineData(ParticleShape.Triangle)]
    public void Larger_particles_have_lower_surface_modes_and_the_same_bulk_mode(ParticleShape shape)
    {
        Particle small = new(shape, 0, 0, 0, 25, 25), large = new(shape, 0, 0, 0, 50, 50);

        Energy(large, PlasmonKind.Edge).Should().BeLessThan(Energy(small, PlasmonKind.Edge));
        Energy(large, PlasmonKind.Bulk).Should().Be(Energy(small, PlasmonKind.Bulk));
    }

    [Fact]
    public void Corner_modes_lie_below_edge_modes_below_bulk_modes()
    {
        foreach (ParticleShape shape in new[] { ParticleShape.Cube, ParticleShape.Triangle })
        {
            Particle particle = new(shape, 0, 0, 0, 40, 40);
            Energy(particle, PlasmonKind.Corner).Should().BeLessThan(Energy(particle, PlasmonKind.Edge));
            Energy(particle, PlasmonKind.Edge).Should().BeLessThan(Energy(particle, PlasmonKind.Bulk));
        }
    }

    [Fact]
    public void A_ball_is_as_thick_as_its_chord()
    {
        Particle ball = new(ParticleShape.Sphere, 100, 50, 0.3, 40, 40);

        ball.Thickness(100, 50).Should().BeApproximately(40, 1e-9);
        ball.Thickness(112, 50).Should().BeApproximately(2 * Math.Sqrt((20 * 20) - (12 * 12)), 1e-9);
        ball.Thickness(100, 70.1).Should().Be(0);
    }

    [Fact]
    public void Distances_are_those_of_plain_geometry_whatever_the_rotation()
    {
        // A cube of 40 nm turned by 30°: along its own axis the face is 20 nm away.
        double angle = Math.PI / 6;
        Particle cube = new(ParticleShape.Cube, 10, 20, angle, 40, 40);
        cube.SignedDistance(10, 20).Should().BeApproximately(-20, 1e-9);
        cube.SignedDistance(10 + (27 * Math.Sin(angle)), 20 + (27 * Math.Cos(angle))).Should().BeApproximately(7, 1e-9);

        Particle rod = new(ParticleShape.Rod, 0, 0, Math.PI / 2, 10, 50);
        rod.SignedDistance(25, 0).Should().BeApproximately(0, 1e-9, "its axis points along the rows");
        rod.SignedDistance(0, 8).Should().BeApproximately(3, 1e-9);

        // An equilateral triangle of edge a has the inradius a / (2√3).
        new Particle(ParticleShape.Triangle, 0, 0, 0, 30, 30).SignedDistance(0, 0)
            .Should().BeApproximately(-30 / (2 * Math.Sqrt(3)), 1e-9);
    }

    [Theory]
    [InlineData(ParticleShape.Cube, 4)]
    [InlineData(ParticleShape.Triangle, 3)]
    [InlineData(ParticleShape.Rod, 2)]
    [InlineData(ParticleShape.Sphere, 0)]
    public void Corners_lie_on_the_outline(ParticleShape shape, int count)
    {
        Particle particle = new(shape, 33, 44, 1.1, 30, shape == ParticleShape.Rod ? 70 : 30);

        particle.Corners.Should().HaveCount(count);
        foreach ((double row, double column) in particle.Corners)
        {
            particle.SignedDistance(row, column).Should().BeApproximately(0, 1e-9);
        }
    }

    [Fact]
    public void Outside_the_edge_mode_decays_exponentially()
    {
        Particle ball = new(ParticleShape.Sphere, 0, 0, 0, 30, 30);

        double near = ball.Excitation(PlasmonKind.Edge, 0, 20), far = ball.Excitation(PlasmonKind.Edge, 0, 33);

        (far / near).Should().BeApproximately(Math.Exp(-13.0 / 13), 1e-9);
        ball.Excitation(PlasmonKind.Bulk, 0, 16).Should().Be(0);
    }

    private static Particle Rod(double length) => new(ParticleShape.Rod, 0, 0, 0, 20, length);

    private static double Energy(Particle particle, PlasmonKind kind) =>
        particle.Modes.Single(mode => mode.Kind == kind).Energy.Value;
}
