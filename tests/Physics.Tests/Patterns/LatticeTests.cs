using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Grains;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class LatticeTests
{
    public static TheoryData<double, double, double, double> Lattices => new()
    {
        { 30, 4, -4, 30 },
        { 31, 0, 15.5, 26.85 },
        { 22, 5, -9, 41 },
        { 18, -18, 20, 19 },
    };

    [Theory]
    [MemberData(nameof(Lattices))]
    public void A_lattice_is_found_without_a_start_though_discs_are_missing_and_others_do_not_belong(
        double ax, double ay, double bx, double by)
    {
        var lattice = new Lattice(new LatticeVector(ax, ay), new LatticeVector(bx, by));
        var random = new Random(11);
        List<Disc> discs = [];
        foreach ((int h, int k) in Nodes(2).Where(_ => random.NextDouble() > 0.2))
        {
            discs.Add(At(lattice.At(h, k), 10 + random.Next(20), random.NextDouble() * 0.02));
        }

        for (int i = 0; i < 4; i++)
        {
            discs.Add(At(new LatticeVector(random.Next(-60, 60) + 0.37, random.Next(-60, 60) + 0.81), 8, 0));
        }

        LatticeFit fit = new LatticeFitter(new PatternPoint(100, 100)).Fit([.. discs.OrderByDescending(d => d.Height)]);

        fit.Finding.Should().Be(Finding.Good);
        fit.DiscsLeft.Should().BeGreaterThanOrEqualTo(3);
        Lattice found = fit.Lattice.Reduced(), expected = lattice.Reduced();
        Math.Abs(found.Area).Should().BeApproximately(Math.Abs(expected.Area), 1);
        (double h2, double k2) = found.IndexOf(expected.A);
        h2.Should().BeApproximately(Math.Round(h2), 0.003);
        k2.Should().BeApproximately(Math.Round(k2), 0.003);
    }

    [Fact]
    public void A_start_that_is_some_percent_off_does_not_miscount_far_discs()
    {
        var lattice = new Lattice(new LatticeVector(20, 1), new LatticeVector(-2, 21));
        Disc[] discs = [.. Nodes(5).Select(node => At(lattice.At(node.H, node.K), 10, 0))];
        var start = new Lattice(new LatticeVector(18.8, 1.2), new LatticeVector(-2.1, 22.2));

        LatticeFit fit = new LatticeFitter(new PatternPoint(100, 100), start).Fit(discs);

        fit.DiscsUsed.Should().Be(121);
        fit.Lattice.A.X.Should().BeApproximately(20, 1e-9);
        fit.Lattice.B.Y.Should().BeApproximately(21, 1e-9);
    }

    [Fact]
    public void Too_few_discs_or_discs_on_a_line_fix_no_lattice()
    {
        var fitter = new LatticeFitter(new PatternPoint(100, 100));
        Disc[] line = [.. Enumerable.Range(-3, 7).Select(i => At(new LatticeVector(10 * i, 5 * i), 5, 0))];

        fitter.Fit(line.AsSpan(0, 2)).Finding.Reason.Should().Contain("three discs");
        fitter.Fit(line).Finding.IsBad.Should().BeTrue();
        new LatticeFitter(null, new Lattice(new LatticeVector(10, 5), new LatticeVector(0, 9))).Fit(line)
            .Finding.IsBad.Should().BeTrue();
        fitter.Fit([]).Finding.IsBad.Should().BeTrue();
    }

    [Fact]
    public void A_quarter_turn_of_a_square_is_no_turn_and_another_lattice_is_no_strain()
    {
        var square = new Lattice(new LatticeVector(30, 4), new LatticeVector(-4, 30));
        var gauge = new StrainGauge(square);
        LatticeFit Turned(Lattice lattice) => new(default, lattice, default, 9, 0, 0, Finding.Good);

        StrainResult same = gauge.Measure(Turned(new Lattice(square.B, -1 * square.A)));
        StrainResult sheared = gauge.Measure(Turned(new Lattice(square.A, square.A + square.B)));
        StrainResult other = gauge.Measure(Turned(new Lattice(new LatticeVector(19, 0), new LatticeVector(0, 55))));

        same.RotationDegrees.Value.Should().BeApproximately(0, 1e-9);
        sheared.XY.Value.Should().BeApproximately(0, 1e-12);
        other.XX.Finding.Reason.Should().Contain("does not resemble the reference");
    }

    [Fact]
    public void Strain_is_turned_and_exchanged_with_the_scan()
    {
        var reference = new Lattice(new LatticeVector(30, 0), new LatticeVector(0, 30));
        var stretched = new Lattice(new LatticeVector(30 / 1.02, 0), new LatticeVector(0, 30));

        var straight = StrainTensor.Between(stretched, reference, default);
        var quarter = StrainTensor.Between(stretched, reference, new ScanFrame(90));
        var exchanged = StrainTensor.Between(stretched, reference, new ScanFrame(0, Transposed: true));
        var eighth = StrainTensor.Between(stretched, reference, new ScanFrame(45));

        straight.XX.Should().BeApproximately(0.02, 1e-12, "discs that come closer are planes that move apart");
        quarter.YY.Should().BeApproximately(0.02, 1e-12);
        exchanged.YY.Should().BeApproximately(0.02, 1e-12);
        eighth.XY.Should().BeApproximately(0.01, 1e-12);
    }

    [Theory]
    [InlineData(4, 0, 7)]
    [InlineData(4, 90, 7)]
    [InlineData(6, 120, 7)]
    [InlineData(6, -60, 59.9)]
    [InlineData(2, 180, 100)]
    public void Orientations_are_told_but_for_turns_that_change_nothing(int symmetry, double turn, double angle)
    {
        LatticeVector Vector(double length, double degrees) => new(
            length * Math.Cos(double.DegreesToRadians(degrees)), length * Math.Sin(double.DegreesToRadians(degrees)));
        var lattice = new Lattice(
            Vector(20, angle + turn), Vector(symmetry == 2 ? 33 : 20, angle + turn + (symmetry == 6 ? 60 : 90)));
        var fit = new LatticeFit(default, lattice, default, 9, 0, 0, Finding.Good);
        var orientation = new GrainOrientation(symmetry);

        orientation.Angle(fit).Value.Should().BeApproximately(angle, 1e-9);
        orientation.Misorientation(fit, angle - 3).Value.Should().BeApproximately(3, 1e-9);
        orientation.Identity(fit, [angle + 20, angle - 1, angle + 9], 5).Value.Should().Be(2);
        orientation.Identity(fit, [angle + 20, angle + 9], 5).Finding.IsBad.Should().BeTrue();
        Math.IEEERemainder(
            new GrainOrientation(symmetry, new ScanFrame(30)).Angle(fit).Value - angle - 30, 360.0 / symmetry)
            .Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void A_lattice_of_another_symmetry_is_suspect()
    {
        var fit = new LatticeFit(
            default, new Lattice(new LatticeVector(20, 0), new LatticeVector(0, 31)), default, 9, 0, 0, Finding.Good);

        new GrainOrientation(4).Angle(fit).Finding.Quality.Should().Be(ScalarQuality.Suspect);
    }

    private static IEnumerable<(int H, int K)> Nodes(int order) =>
        from h in Enumerable.Range(-order, (2 * order) + 1)
        from k in Enumerable.Range(-order, (2 * order) + 1)
        select (h, k);

    private static Disc At(LatticeVector from, double height, double off) =>
        new(100 + from.Y + off, 100 + from.X - off, height, 0.1, 1e-4, 1e-4, 0);
}
