using DklActors.Host.Reporting;
using DklActors.Learning.Candidates;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Reporting;

public sealed class CandidateMapTests
{
    [Fact]
    public void A_candidate_fills_the_block_it_stands_for()
    {
        double[] map = CandidateMap.Paint(Candidates(new(1, 1), new(1, 4)), [7, 9], new GridShape(2, 3));

        map[..12].Should().Equal(7, 7, 7, 9, 9, 9, 7, 7, 7, 9, 9, 9);
        map[12..].Should().OnlyContain(value => double.IsNaN(value));
    }

    [Fact]
    public void A_candidate_that_stands_for_its_pixel_fills_no_other()
    {
        double[] map = CandidateMap.Paint(Candidates(new GridPoint(2, 3)), [5], new GridShape(1, 1));

        map[(2 * 6) + 3].Should().Be(5);
        map.Count(double.IsNaN).Should().Be(23);
    }

    private static CandidateSet Candidates(params GridPoint[] sites)
    {
        var shape = new GridShape(4, 6);
        return CandidateSet.Among(
            new StructuralImage("HAADF", shape, new Nanometre(1), new float[shape.Count]), new PatchWindow(1), sites);
    }
}
