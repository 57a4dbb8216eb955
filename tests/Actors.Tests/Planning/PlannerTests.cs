using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Planning;

public sealed class PlannerTests
{
    private const ulong Seed = 5;

    private static readonly GridShape Shape = new(30, 40);
    private static readonly PlanRegion Region = new(new GridPoint(8, 20), new GridPoint(15, 33));
    private static readonly CandidateSet Candidates = CandidateSet.Create(
        new StructuralImage("HAADF", Shape, new Nanometre(1), new float[Shape.Count]), new PatchWindow(5));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_planned_outside_the_region_neither_seeds_nor_what_follows_them(bool spaceFilling)
    {
        var planner = new Planner(Candidates, Settings(seeds: 6, spaceFilling) with { Region = Region }, Seed);
        List<GridPoint> targets = [];
        for (int i = 1; planner.Propose(new PointId(i), []) is (GridPoint target, PlanningBasis basis); i++)
        {
            basis.Reason.Should().Be(i <= 6 ? PlanningReason.Seed : PlanningReason.SpaceFilling);
            targets.Add(target);
        }

        targets.Should().OnlyHaveUniqueItems().And.OnlyContain(target => Region.Contains(target));
        targets.Should().HaveCount(8 * 14, "then every candidate of the region has been planned");
    }

    [Fact]
    public void The_seeds_of_a_region_are_spread_over_it_and_as_many_as_asked_for()
    {
        var planner = new Planner(Candidates, Settings(seeds: 8, true) with { Region = Region }, Seed);
        GridPoint[] seeds = [.. Enumerable.Range(1, 8).Select(i => planner.Propose(new PointId(i), [])!.Value.Target)];
        for (int i = 0; i < seeds.Length; i++)
        {
            double nearest = seeds.Where((_, other) => other != i)
                .Min(other => other.Centre.DistanceTo(seeds[i].Centre));
            nearest.Should().BeGreaterThan(2.5);
        }
    }

    [Fact]
    public void Given_seeds_are_planned_in_their_order_as_many_as_asked_for()
    {
        GridPoint[] given = [new(20, 30), new(5, 5), new(12, 8)];
        var planner = new Planner(Candidates, Settings(seeds: 2, true) with { GivenSeeds = [.. given] }, Seed);

        planner.Propose(new PointId(1), [])!.Value.Target.Should().Be(given[0]);
        planner.Propose(new PointId(2), [])!.Value.Target.Should().Be(given[1]);
        planner.Propose(new PointId(3), [])!.Value.Basis.Reason.Should().Be(PlanningReason.SpaceFilling);
    }

    [Fact]
    public void The_seeds_of_a_region_keep_to_the_places_that_can_be_measured()
    {
        GridPoint[] sites = [new(2, 2), new(9, 21), new(14, 30), new(25, 25)];
        var candidates = CandidateSet.Among(Candidates.Image, Candidates.Window, sites);
        var planner = new Planner(candidates, Settings(seeds: 4, true) with { Region = Region }, Seed);

        GridPoint[] planned =
            [.. Enumerable.Range(1, 2).Select(i => planner.Propose(new PointId(i), [])!.Value.Target)];
        planned.Should().OnlyHaveUniqueItems().And.BeSubsetOf(sites[1..3]);
        planner.Propose(new PointId(3), []).Should().BeNull();
    }

    [Fact]
    public void A_region_without_a_candidate_is_refused()
    {
        var corner = new PlanRegion(new GridPoint(0, 0), new GridPoint(1, 1));
        Action making = () => _ = new Planner(Candidates, Settings(3, true) with { Region = corner }, Seed);
        making.Should().Throw<ArgumentException>().WithMessage("*No pixel*is left to measure*");
    }

    [Fact]
    public void Without_a_region_all_is_as_it_was()
    {
        var whole = new PlanRegion(new GridPoint(0, 0), new GridPoint(29, 39));
        var free = new Planner(Candidates, Settings(4, true), Seed);
        var bound = new Planner(Candidates, Settings(4, true) with { Region = whole }, Seed);
        for (int i = 1; i <= 12; i++)
        {
            bound.Propose(new PointId(i), [])!.Value.Target.Should().Be(free.Propose(new PointId(i), [])!.Value.Target);
        }
    }

    private static PlanSettings Settings(int seeds, bool spaceFilling) =>
        new(seeds, spaceFilling, 10, 2, new MaximumUncertainty(), Goal.Maximise);
}
