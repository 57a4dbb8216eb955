using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class StrainTests
{
    private const double Radius = 8;

    private static readonly Lattice Square = new(new LatticeVector(30, 4), new LatticeVector(-4, 30));
    private static readonly Lattice Hexagonal =
        new(new LatticeVector(31, 0), new LatticeVector(15.5, 26.846787517317598));

    public static TheoryData<string, double, double, double, double> Strains => new()
    {
        { "square", 0, 0, 0, 0 },
        { "square", 0.013, -0.021, 0.008, 1.7 },
        { "square", -0.03, 0.02, -0.015, -4 },
        { "square", 0.002, 0.001, 0.0005, 12 },
        { "hexagonal", 0.01, -0.005, 0.004, 2 },
        { "hexagonal", 0.004, 0.03, -0.01, -9 },
    };

    [Theory]
    [MemberData(nameof(Strains))]
    public void Strain_is_recovered_within_five_ten_thousandths(
        string kind, double xx, double yy, double xy, double turn)
    {
        Lattice reference = kind == "square" ? Square : Hexagonal;
        Scene scene = Pattern(Strained(reference, xx, yy, xy, turn)).Level(10);

        StrainResult found = Measure(scene.Counts, scene, new StrainGauge(reference));

        found.Fit.Finding.Should().Be(Finding.Good);
        found.XX.Value.Should().BeApproximately(xx, 5e-4);
        found.YY.Value.Should().BeApproximately(yy, 5e-4);
        found.XY.Value.Should().BeApproximately(xy, 5e-4);
        found.RotationDegrees.Value.Should().BeApproximately(turn, 0.03);
    }

    // G = F⁻ᵀ·G₀ with F = R·(1 + ε).
    internal static Lattice Strained(Lattice reference, double xx, double yy, double xy, double turnDegrees)
    {
        (double s, double c) = Math.SinCos(double.DegreesToRadians(turnDegrees));
        double fxx = (c * (1 + xx)) - (s * xy), fxy = (c * xy) - (s * (1 + yy));
        double fyx = (s * (1 + xx)) + (c * xy), fyy = (s * xy) + (c * (1 + yy));
        double determinant = (fxx * fyy) - (fxy * fyx);
        LatticeVector Map(LatticeVector v) => new(
            ((fyy * v.X) - (fyx * v.Y)) / determinant, ((-fxy * v.X) + (fxx * v.Y)) / determinant);
        return new Lattice(Map(reference.A), Map(reference.B));
    }

    private static Scene Pattern(Lattice lattice, double counts = 1000) => new Scene(256, 256).Lattice(
        127.3, 128.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), Radius, counts);

    private static StrainResult Measure(float[] counts, Scene scene, StrainGauge gauge, double power = 1)
    {
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(scene.Shape, Radius),
            new DiscOptions { CorrelationPower = power, LeastRelativeHeight = 0.02 });
        Disc[] discs = new Disc[finder.MostDiscs];
        Finding finding = finder.Find(counts, scene.Shape, discs, out int count);
        finding.Reason.Should().BeNull();
        LatticeFit fit = new LatticeFitter(new PatternPoint(127, 128), gauge.Reference).Fit(discs.AsSpan(0, count));
        return gauge.Measure(fit);
    }
}
