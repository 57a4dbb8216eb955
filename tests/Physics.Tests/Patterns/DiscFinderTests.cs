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
        discs[0].Row.Should().BeApproximately(60.37, 0.02);
        discs[0].Column.Should().BeApproximately(71.82, 0.02);
    }
}
