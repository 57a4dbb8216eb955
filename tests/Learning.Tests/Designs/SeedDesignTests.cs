using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Tests.Designs;

public sealed class SeedDesignTests
{
    private static readonly CandidateSet _candidates =
        CandidateSet.Create(Scenes.FlatImage(60, 60), new PatchWindow(5));

    [Fact]
    public void Space_filling_points_are_farther_apart_and_leave_smaller_holes_than_random_ones()
    {
        double fillingHoles = 0.0, randomHoles = 0.0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var filling = SeedDesign.SpaceFilling(_candidates, 12, seed);
            var random = SeedDesign.Random(_candidates, 12, seed);
            filling.Should().HaveCount(12).And.OnlyHaveUniqueItems();
            LeastDistance(filling).Should().BeGreaterThan(LeastDistance(random));
            fillingHoles += LargestHole(filling);
            randomHoles += LargestHole(random);
        }

        fillingHoles.Should().BeLessThan(0.75 * randomHoles);
    }

    [Fact]
    public void Designs_follow_the_seed()
    {
        SeedDesign.SpaceFilling(_candidates, 8, 5).Should().Equal(SeedDesign.SpaceFilling(_candidates, 8, 5));
        SeedDesign.SpaceFilling(_candidates, 8, 5).Should().NotEqual(SeedDesign.SpaceFilling(_candidates, 8, 6));
        SeedDesign.Random(_candidates, 8, 5).Should().Equal(SeedDesign.Random(_candidates, 8, 5));
        SeedDesign.Random(_candidates, 8, 5).Should().NotEqual(SeedDesign.Random(_candidates, 8, 6));
    }

    [Fact]
    public void A_design_never_asks_for_more_points_than_there_are_nor_for_masked_ones()
    {
        bool[] mask = Enumerable.Repeat(true, 144).ToArray();
        mask[40] = mask[41] = mask[77] = false;
        var few = CandidateSet.Create(Scenes.FlatImage(), new PatchWindow(3), mask);
        SeedDesign.SpaceFilling(few, 10, 1).Should().BeEquivalentTo([0, 1, 2]);
        SeedDesign.Random(few, 10, 1).Should().BeEquivalentTo([0, 1, 2]);
        SeedDesign.SpaceFilling(few, 0, 1).Should().BeEmpty();
    }

    [Fact]
    public void The_farthest_point_is_open_and_there_is_none_when_all_are_taken()
    {
        int centre = SeedDesign.FarthestFrom(_candidates, []);
        _candidates.PointAt(centre).Should().Be(new GridPoint(29, 29));
        int next = SeedDesign.FarthestFrom(_candidates, [centre]);
        GridPoint point = _candidates.PointAt(next);
        Math.Min(Math.Abs(point.Row - 29), Math.Abs(point.Column - 29)).Should().BeGreaterThan(10);
        bool[] excluded = new bool[_candidates.Count];
        excluded[next] = true;
        SeedDesign.FarthestFrom(_candidates, [centre], excluded).Should().NotBe(next).And.NotBe(centre);
        SeedDesign.FarthestFrom(_candidates, [.. Enumerable.Range(0, _candidates.Count)]).Should().Be(-1);
    }

    private static double LeastDistance(ImmutableArray<int> chosen) => (
        from a in chosen
        from b in chosen
        where a != b
        select _candidates.PointAt(a).Centre.DistanceTo(_candidates.PointAt(b).Centre)).Min();

    private static double LargestHole(ImmutableArray<int> chosen) => Enumerable.Range(0, _candidates.Count).Max(
        i => chosen.Min(c => _candidates.PointAt(i).Centre.DistanceTo(_candidates.PointAt(c).Centre)));
}
