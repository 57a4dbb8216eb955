using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Grains;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Rings;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

/// <summary>
/// Two hundred draws tell a spread to 5 %: an error that is a fifth off is found. Seeds are fixed.
/// </summary>
public sealed class HonestErrorTests
{
    private const int Draws = 200;

    private static readonly Lattice Square = new(new LatticeVector(30, 4), new LatticeVector(-4, 30));

    public static TheoryData<string> Displacements => ["x", "y", "magnitude", "angle", "turned x"];

    [Theory]
    [MemberData(nameof(Displacements))]
    public void The_error_of_a_centre_of_mass_is_its_spread(string number)
    {
        Scene scene = new Scene(64, 64).Gaussian(34.3, 28.9, 6, 9, 10);
        var meter = new CentreOfMassMeter(PatternMask.All(scene.Shape), new PatternPoint(31.5, 31.5));

        MonteCarlo.ShouldBeHonest(scene, Draws, counts =>
        {
            CentreOfMass com = meter.Measure(counts, scene.Shape);
            return number switch
            {
                "x" => com.Column,
                "y" => com.Row,
                "magnitude" => com.Magnitude,
                "angle" => com.Angle,
                _ => new ScanFrame(33, Transposed: true).Apply(com).Column,
            };
        });
    }

    [Fact]
    public void The_error_of_a_virtual_detector_is_its_spread()
    {
        Scene scene = new Scene(64, 64).Disc(32, 32, 14, 5).Level(0.5);
        var detector = new VirtualDetector(PatternMask.Ring(scene.Shape, new PatternPoint(31.5, 31.5), 6, 18));

        // The sum's relative error shrinks with dose, and the error itself grows.
        (double _, double spread, double reported) =
            MonteCarlo.Of(scene, Draws, counts => detector.Sum(counts, scene.Shape));
        (double _, double _, double fewReported) =
            MonteCarlo.Of(scene.Scaled(0.1), Draws, counts => detector.Sum(counts, scene.Shape));

        (reported / spread).Should().BeInRange(0.85, 1.15);
        (reported / fewReported).Should().BeApproximately(Math.Sqrt(10), 0.1);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    public void The_error_of_a_disc_is_its_spread(double power) =>
        MonteCarlo.ShouldBeHonest(TwoDiscs, Draws, FirstRow(power));

    // Phase correlation lifts every frequency to the same height, noise as well: with fewer electrons it gets worse in
    // its own way, not as a square root.
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.0)]
    public void The_error_of_a_disc_is_its_spread_where_noise_is_lifted_too(double power)
    {
        (double _, double spread, double reported) = MonteCarlo.Of(TwoDiscs, Draws, FirstRow(power));

        (reported / spread).Should().BeInRange(0.8, 1.25);
    }

    private static Scene TwoDiscs => new Scene(64, 64).Level(4).Disc(30.37, 31.82, 7, 300).Disc(14, 50, 7, 180);

    private static Func<float[], Measured> FirstRow(double power)
    {
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(new GridShape(64, 64), 7), new DiscOptions { CorrelationPower = power });
        Disc[] discs = new Disc[finder.MostDiscs];
        return counts =>
        {
            Finding finding = finder.Find(counts, finder.Shape, discs, out _);
            return Measured.Of(discs[0].Row, Math.Sqrt(discs[0].VarianceRow), finding);
        };
    }

    public static TheoryData<string> StrainNumbers => ["xx", "yy", "xy", "rotation", "separation", "grain"];

    [Theory]
    [MemberData(nameof(StrainNumbers))]
    public void The_error_of_a_strain_is_its_spread(string number)
    {
        Lattice lattice = StrainTests.Strained(Square, 0.01, -0.01, 0.005, 1);
        Scene scene = new Scene(128, 128).Level(2).Lattice(
            63.3, 64.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), 8, 200, 70);
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(scene.Shape, 8), new DiscOptions { LeastRelativeHeight = 0.1 });
        var fitter = new LatticeFitter(new PatternPoint(63, 64), Square);
        var gauge = new StrainGauge(Square);
        Disc[] discs = new Disc[finder.MostDiscs];

        MonteCarlo.ShouldBeHonest(scene, Draws, counts =>
        {
            finder.Find(counts, scene.Shape, discs, out int count);
            LatticeFit fit = fitter.Fit(discs.AsSpan(0, count));
            StrainResult strain = gauge.Measure(fit);
            return number switch
            {
                "xx" => strain.XX,
                "yy" => strain.YY,
                "xy" => strain.XY,
                "rotation" => strain.RotationDegrees,
                "separation" => DiscSeparation.Of(fit),
                _ => new GrainOrientation(4).Angle(fit),
            };
        });
    }

    [Fact]
    public void The_error_of_a_cepstral_strain_is_its_spread()
    {
        var lattice = new Lattice(new LatticeVector(17, 2), new LatticeVector(-2, 17));
        Scene scene = new Scene(128, 128).Level(10).Lattice(
            63.3, 65.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), 11, 1000, 50);
        var finder = new CepstralLattice(scene.Shape, new CepstrumOptions(), lattice);
        var gauge = new StrainGauge(lattice);

        MonteCarlo.ShouldBeHonest(
            scene, Draws, counts => gauge.Measure(finder.Find(counts, scene.Shape)).XX, tolerance: 0.25);
    }

    [Fact]
    public void The_error_of_a_ring_is_its_spread()
    {
        Scene scene = new Scene(128, 128).Ring(63.2, 64.7, 35, 5, 10).Level(4);
        var meter = new RingMeter(scene.Shape, new RingOptions(new PatternPoint(63.2, 64.7), 15, 58));

        MonteCarlo.ShouldBeHonest(scene, Draws, counts => meter.Radius(counts, scene.Shape));
    }

    [Fact]
    public void The_error_of_a_number_of_discs_is_its_spread()
    {
        // The four weaker discs are about as high as the limit.
        Scene scene = new Scene(128, 128).Level(1).Disc(64, 64, 8, 60)
            .Disc(30, 30, 8, 3).Disc(30, 98, 8, 3).Disc(98, 30, 8, 3).Disc(98, 98, 8, 3);
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(scene.Shape, 8),
            new DiscOptions { LeastRelativeHeight = 0.05, LeastSignificance = 3 });
        Disc[] discs = new Disc[finder.MostDiscs];

        (double mean, double spread, double reported) = MonteCarlo.Of(scene, Draws, counts =>
        {
            Finding finding = finder.Find(counts, scene.Shape, discs, out int count);
            return DiscCount.Of(discs.AsSpan(0, count), 0.05, 3, finding);
        });

        mean.Should().BeInRange(2, 5);
        (reported / spread).Should().BeInRange(0.5, 2);
    }
}
