using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class OverlapTests
{
    private static readonly PatternPoint Centre = new(127, 128);

    [Theory]
    [InlineData(17, 11, 0, 0, 0, 0)]
    [InlineData(17, 11, 0.013, -0.021, 0.008, 1.7)]
    [InlineData(17, 11, -0.02, 0.01, -0.01, -5)]
    [InlineData(20, 11, 0.004, 0.03, -0.01, 3)]
    [InlineData(14, 9, 0.01, 0.01, 0.005, 0)]
    public void Strain_of_overlapping_discs_is_recovered_within_five_ten_thousandths(
        double spacing, double radius, double xx, double yy, double xy, double turn)
    {
        Lattice square = Square(spacing);
        Scene scene = Pattern(StrainTests.Strained(square, xx, yy, xy, turn), radius, 256);
        float[] counts = scene.Counts;
        LatticeFit rough = new CepstralLattice(scene.Shape, new CepstrumOptions(), square).Find(counts, scene.Shape);

        // A radius that is a little off does not matter.
        LatticeFit fit = new OverlapRefiner(new OverlapOptions(radius + 0.2)).Refine(
            counts, scene.Shape, rough, Centre);
        StrainResult found = new StrainGauge(square).Measure(fit);

        found.XX.Value.Should().BeApproximately(xx, 5e-4);
        found.YY.Value.Should().BeApproximately(yy, 5e-4);
        found.XY.Value.Should().BeApproximately(xy, 5e-4);
        found.RotationDegrees.Value.Should().BeApproximately(turn, 0.03);
        fit.Origin.DistanceTo(new PatternPoint(127.3, 128.6)).Should().BeLessThan(0.02);
    }

    [Fact]
    public void The_error_is_the_spread()
    {
        Lattice square = Square(17);
        Scene scene = Pattern(square, 11, 128).Scaled(0.5);
        var finder = new CepstralLattice(scene.Shape, new CepstrumOptions(), square);
        // A logistic edge of 1.75 px is as steep as the normal one of 0.7 px: the error is that of a true model.
        var refiner = new OverlapRefiner(new OverlapOptions(11, EdgePixels: 1.75));
        var gauge = new StrainGauge(square);

        MonteCarlo.ShouldBeHonest(scene, 120, counts => gauge.Measure(
            refiner.Refine(counts, scene.Shape, finder.Find(counts, scene.Shape), new PatternPoint(63, 64))).XX, 0.25);
    }

    [Fact]
    public void What_cannot_be_fitted_is_bad()
    {
        var refiner = new OverlapRefiner(new OverlapOptions(11));
        Scene level = new Scene(64, 64).Level(3);
        var fit = new LatticeFit(default, Square(17), default, 4, 0, 0, Finding.Good);

        refiner.Refine(level.Counts, level.Shape, LatticeFit.Bad("no lattice"), new(32, 32))
            .Finding.Reason.Should().Be("no lattice");
        LatticeFit flat = refiner.Refine(level.Counts, level.Shape, fit, new PatternPoint(32, 32));
        (flat.Finding.IsBad || flat.Covariance[0] > 1).Should().BeTrue("a level tells nothing of a lattice");
        refiner.Refine(level.Counts, level.Shape, fit, new PatternPoint(-500, 900)).Finding.IsBad.Should().BeTrue();
        FluentActions.Invoking(() => new OverlapRefiner(new OverlapOptions(0))).Should().Throw<ArgumentException>();
    }

    private static Lattice Square(double spacing) =>
        new(new LatticeVector(spacing, 2), new LatticeVector(-2, spacing));

    private static Scene Pattern(Lattice lattice, double radius, int size) => new Scene(size, size).Level(10).Lattice(
        (size / 2) - 0.7, (size / 2) + 0.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), radius, 1000, 50,
        margin: -20);
}
