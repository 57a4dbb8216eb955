using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Strains;

namespace DklActors.Physics.Tests.Patterns;

public sealed class CepstrumTests
{
    private static readonly Lattice Square = new(new LatticeVector(17, 2), new LatticeVector(-2, 17));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0.013, -0.021, 0.008, 1.7)]
    [InlineData(-0.02, 0.01, -0.01, -5)]
    public void Strain_of_overlapping_discs(double xx, double yy, double xy, double turn)
    {
        Lattice lattice = StrainTests.Strained(Square, xx, yy, xy, turn);
        Scene scene = new Scene(256, 256).Level(10).Lattice(
            127.3, 128.6, (lattice.A.Y, lattice.A.X), (lattice.B.Y, lattice.B.X), 11, 1000, 50);
        foreach (Lattice? start in (Lattice?[])[null, Square])
        {
        LatticeFit fit = new CepstralLattice(scene.Shape, new CepstrumOptions(), start).Find(scene.Counts, scene.Shape);
        StrainResult found = new StrainGauge(Square).Measure(fit);
        Console.WriteLine($"E {fit.Lattice} {found.XX.Value - xx:E2} {found.YY.Value - yy:E2} {found.XY.Value - xy:E2} {found.RotationDegrees.Value - turn:E2} SE {found.XX.StandardError:E2} used {found.Fit.DiscsUsed} left {found.Fit.DiscsLeft} residual {found.Fit.ResidualPixels} {found.XX.Finding.Reason}");
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(2)]
    public void Errors(double dose)
    {
        Scene scene = new Scene(128, 128).Level(10).Lattice(
            63.3, 65.6, (Square.A.Y, Square.A.X), (Square.B.Y, Square.B.X), 11, 1000, 50).Scaled(dose);
        var finder = new CepstralLattice(scene.Shape, new CepstrumOptions(), Square);
        var gauge = new StrainGauge(Square);
        List<double> xx = [], se = [];
        for (int seed = 0; seed < 100; seed++)
        {
            StrainResult found = gauge.Measure(finder.Find(scene.Noisy(seed), scene.Shape));
            if (!found.XX.Finding.IsBad) { xx.Add(found.XX.Value); se.Add(found.XX.StandardError); }
        }
        double mean = xx.Average();
        Console.WriteLine($"E dose {dose} n {xx.Count} mean {mean:E2} spread {Math.Sqrt(xx.Sum(v => (v-mean)*(v-mean))/(xx.Count-1)):E3} se {se.Average():E3}");
    }
}
