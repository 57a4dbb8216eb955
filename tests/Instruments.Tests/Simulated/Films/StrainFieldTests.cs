using DklActors.Instruments.Simulated.Films;

namespace DklActors.Instruments.Tests.Simulated.Films;

public sealed class StrainFieldTests
{
    private const double Step = 1e-5;

    private static readonly StrainField Field = new(
        [new Spot(40, 60, 12, 1), new Spot(80, 30, 9, -1)], 0.02, 120, 100);

    [Theory]
    [InlineData(40.0, 60.0)]
    [InlineData(45.0, 66.0)]
    [InlineData(52.5, 61.0)]
    [InlineData(81.0, 29.0)]
    [InlineData(100.0, 90.0)]
    public void The_deformation_is_the_gradient_of_the_displacement(double row, double column)
    {
        Deformation found = Field.At(row, column);

        (double xx, double yx) = Slope(0, Step);
        (double xy, double yy) = Slope(Step, 0);
        found.Xx.Should().BeApproximately(1 + xx, 1e-8);
        found.Xy.Should().BeApproximately(xy, 1e-8);
        found.Yx.Should().BeApproximately(yx, 1e-8);
        found.Yy.Should().BeApproximately(1 + yy, 1e-8);

        (double X, double Y) Slope(double down, double right)
        {
            (double ax, double ay) = Field.DisplacementAt(row + down, column + right);
            (double bx, double by) = Field.DisplacementAt(row - down, column - right);
            return ((ax - bx) / (2 * Step), (ay - by) / (2 * Step));
        }
    }

    [Fact]
    public void Inside_an_inclusion_the_strain_is_its_misfit_and_beside_it_opposite_in_two_directions()
    {
        StrainField alone = new([new Spot(50, 50, 10, 1)], 0.02, 0, 0);
        Strain inside = alone.At(50, 50).Strain, beside = alone.At(50, 75).Strain;

        inside.Xx.Should().BeApproximately(0.02, 1e-9);
        inside.Yy.Should().BeApproximately(0.02, 1e-9);
        beside.Xx.Should().BeNegative("the film is pressed along the radius");
        beside.Yy.Should().BePositive("and stretched around it").And.BeApproximately(0.02 * 100 / 625, 1e-4);
    }

    [Theory]
    [InlineData(0.02, -0.01, 0.005, 0.3)]
    [InlineData(-0.03, 0.01, -0.02, -1.2)]
    [InlineData(0, 0, 0, 0.02)]
    public void Strain_and_rotation_are_those_that_the_deformation_was_made_of(
        double xx, double yy, double xy, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        // V R, with V = 1 + strain.
        Deformation made = new(
            ((1 + xx) * cosine) + (xy * sine),
            (-(1 + xx) * sine) + (xy * cosine),
            (xy * cosine) + ((1 + yy) * sine),
            (-xy * sine) + ((1 + yy) * cosine));

        made.Strain.Xx.Should().BeApproximately(xx, 1e-12);
        made.Strain.Yy.Should().BeApproximately(yy, 1e-12);
        made.Strain.Xy.Should().BeApproximately(xy, 1e-12);
        made.Rotation.Should().BeApproximately(angle, 1e-12);
    }

    [Fact]
    public void A_wider_lattice_has_a_narrower_reciprocal_one()
    {
        (double x, double y) = new Deformation(1.02, 0, 0, 0.99).Reciprocal(5, 5);

        x.Should().BeApproximately(5 / 1.02, 1e-12);
        y.Should().BeApproximately(5 / 0.99, 1e-12);
    }
}
