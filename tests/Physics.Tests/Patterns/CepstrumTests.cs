using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class CepstrumTests
{
    private static readonly Lattice Square = new(new LatticeVector(17, 2), new LatticeVector(-2, 17));

    [Theory]
    [InlineData(0.004, -0.003, 0.002, 0.5)]
    [InlineData(0.005, 0.008, -0.003, -2)]
    public void Strain_of_overlapping_discs_is_recovered_against_a_pattern_without_strain(
        double xx, double yy, double xy, double turn)
    {
        Scene scene = Pattern(StrainTests.Strained(Square, xx, yy, xy, turn)), still = Pattern(Square);
        var finder = new CepstralLattice(scene.Shape, new CepstrumOptions(), Square);
        LatticeFit reference = finder.Find(still.Counts, still.Shape);

        StrainResult found = new StrainGauge(reference.Lattice).Measure(finder.Find(scene.Counts, scene.Shape));

        found.XX.Value.Should().BeApproximately(xx, 5e-4);
        found.YY.Value.Should().BeApproximately(yy, 5e-4);
        found.XY.Value.Should().BeApproximately(xy, 5e-4);
        found.RotationDegrees.Value.Should().BeApproximately(turn, 0.1);
    }

    [Fact]
    public void A_pattern_without_a_lattice_has_none()
    {
        Scene level = new Scene(128, 128).Level(20);
        var finder = new CepstralLattice(level.Shape, new CepstrumOptions());

        finder.Find(new float[128 * 128], level.Shape).Finding.Reason.Should().Contain("empty");
        finder.Find(level.Counts, level.Shape).Finding.IsBad.Should().BeTrue();
        finder.Find(level.Counts, new(64, 256)).Finding.IsBad.Should().BeTrue();
        LatticeFit noise = finder.Find(level.Noisy(3), level.Shape);
        noise.Finding.Should().NotBe(Finding.Good, "noise has peaks, but no lattice");
    }

    private static Scene Pattern(Lattice lattice) => new Scene(256, 256).Level(10).Lattice(
        127.3, 128.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), 11, 1000, 50);
}
