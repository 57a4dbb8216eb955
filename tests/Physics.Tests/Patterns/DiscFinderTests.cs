using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Tests.Patterns;

public sealed class DiscFinderTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(0.0)]
    public void A_disc_is_found_to_a_fiftieth_of_a_pixel(double power)
    {
        Scene scene = new Scene(128, 128).Level(20).Disc(60.37, 71.82, 8, 1000).Disc(90.61, 30.17, 8, 400);
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(scene.Shape, 8),
            new DiscOptions { CorrelationPower = power, LeastRelativeHeight = 0.2 });
        Disc[] discs = new Disc[finder.MostDiscs];

        Finding finding = finder.Find(scene.Counts, scene.Shape, discs, out int count);

        finding.Should().Be(Finding.Good);
        Console.WriteLine($"{power}: {string.Join(" ; ", discs[..count])}");
        discs[0].Row.Should().BeApproximately(60.37, 0.02);
        discs[0].Column.Should().BeApproximately(71.82, 0.02);
    }
}

public sealed class DiscErrorTests
{
    [Theory]
    [InlineData(1.0, 0.02)]
    [InlineData(1.0, 1)]
    [InlineData(0.5, 0.1)]
    [InlineData(0.5, 1)]
    [InlineData(0.25, 1)]
    [InlineData(0.0, 1)]
    public void The_error_of_a_place_is_its_spread(double power, double dose)
    {
        Scene scene = new Scene(64, 64).Level(2).Disc(30.37, 31.82, 7, 100).Disc(14, 50, 7, 60).Scaled(dose);
        var finder = new DiscFinder(
            ProbeTemplate.Synthetic(scene.Shape, 7),
            new DiscOptions { CorrelationPower = power, LeastRelativeHeight = 0.2, LeastSignificance=0 });
        Disc[] discs = new Disc[finder.MostDiscs];
        List<double> rows = [], errors = [], heights=[], herrors=[];
        for (int seed = 0; seed < 200; seed++)
        {
            finder.Find(scene.Noisy(seed), scene.Shape, discs, out int count);
            rows.Add(discs[0].Row);
            heights.Add(discs[0].Height);
            herrors.Add(discs[0].HeightError);
            errors.Add(Math.Sqrt(discs[0].VarianceRow));
        }

        double mean = rows.Average(), spread = Math.Sqrt(rows.Sum(r => (r - mean) * (r - mean)) / (rows.Count - 1));
        double hm = heights.Average(), hs = Math.Sqrt(heights.Sum(r => (r - hm) * (r - hm)) / (rows.Count - 1));
        Console.WriteLine($"p {power} dose {dose} mean {mean} spread {spread} reported {errors.Average()} height {hm} spread {hs} rep {herrors.Average()}");
    }
}
