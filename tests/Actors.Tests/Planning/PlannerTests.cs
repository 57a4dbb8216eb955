using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Tests.Support;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
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
        new StructuralImage("HAADF", Shape, new Nanometre(1), Ripples()), new PatchWindow(5));
    private static readonly IDklEngine Untrained =
        LearnerPresets.Create("dkl").Change(Laboratory.Quick).CreateEngine(Candidates);

    [Theory]
    [InlineData(SeedDesignKind.SpaceFilling)]
    [InlineData(SeedDesignKind.Random)]
    [InlineData(SeedDesignKind.Model)]
    public void Nothing_is_planned_outside_the_region_neither_seeds_nor_what_follows_them(SeedDesignKind design)
    {
        Planner planner = PlannerOf(Settings(seeds: 6, design) with { Region = Region });
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
        var planner = new Planner(Candidates, Settings(seeds: 8) with { Region = Region }, Seed);
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
        var planner = new Planner(Candidates, Settings(seeds: 2) with { GivenSeeds = [.. given] }, Seed);

        planner.Propose(new PointId(1), [])!.Value.Target.Should().Be(given[0]);
        planner.Propose(new PointId(2), [])!.Value.Target.Should().Be(given[1]);
        planner.Propose(new PointId(3), [])!.Value.Basis.Reason.Should().Be(PlanningReason.SpaceFilling);
    }

    [Fact]
    public void The_seeds_of_a_region_keep_to_the_places_that_can_be_measured()
    {
        GridPoint[] sites = [new(2, 2), new(9, 21), new(14, 30), new(25, 25)];
        var candidates = CandidateSet.Among(Candidates.Image, Candidates.Window, sites);
        var planner = new Planner(candidates, Settings(seeds: 4) with { Region = Region }, Seed);

        GridPoint[] planned =
            [.. Enumerable.Range(1, 2).Select(i => planner.Propose(new PointId(i), [])!.Value.Target)];
        planned.Should().OnlyHaveUniqueItems().And.BeSubsetOf(sites[1..3]);
        planner.Propose(new PointId(3), []).Should().BeNull();
    }

    [Fact]
    public void A_region_without_a_candidate_is_refused()
    {
        var corner = new PlanRegion(new GridPoint(0, 0), new GridPoint(1, 1));
        Action making = () => _ = new Planner(Candidates, Settings(3) with { Region = corner }, Seed);
        making.Should().Throw<ArgumentException>().WithMessage("*No pixel*is left to measure*");
    }

    [Fact]
    public void Without_a_region_all_is_as_it_was()
    {
        var whole = new PlanRegion(new GridPoint(0, 0), new GridPoint(29, 39));
        var free = new Planner(Candidates, Settings(4), Seed);
        var bound = new Planner(Candidates, Settings(4) with { Region = whole }, Seed);
        for (int i = 1; i <= 12; i++)
        {
            bound.Propose(new PointId(i), [])!.Value.Target.Should().Be(free.Propose(new PointId(i), [])!.Value.Target);
        }
    }

    [Fact]
    public void Seeds_that_a_model_chooses_are_those_of_its_design()
    {
        Planner planner = PlannerOf(Settings(seeds: 7, SeedDesignKind.Model));

        GridPoint[] planned = Seeds(planner, 1, 7);

        planned.Should().Equal(
            ModelDesign.Of(Untrained.Prior(Seed), 7, RunSeeds.Design(Seed)).Select(Candidates.PointAt));
        planner.Propose(new PointId(8), [])!.Value.Basis.Reason.Should().Be(PlanningReason.SpaceFilling);
    }

    [Fact]
    public void A_planner_that_is_made_anew_half_way_chooses_the_same_seeds()
    {
        PlanSettings settings = Settings(seeds: 7, SeedDesignKind.Model);
        Planner whole = PlannerOf(settings), again = PlannerOf(settings);
        for (int i = 1; i <= 3; i++)
        {
            again.Trace(new PlannedPoint(
                new PointId(i), whole.Propose(new PointId(i), [])!.Value.Target, PlanningReason.Seed));
        }

        for (int i = 4; i <= 7; i++)
        {
            (GridPoint target, PlanningBasis basis) = whole.Propose(new PointId(i), [])!.Value;
            (GridPoint other, PlanningBasis otherBasis) = again.Propose(new PointId(i), [])!.Value;
            other.Should().Be(target);
            otherBasis.Score.Should().Be(basis.Score).And.BePositive();
        }
    }

    [Fact]
    public void What_is_shut_out_half_way_costs_no_seed_and_holds_none()
    {
        PlanSettings settings = Settings(seeds: 7, SeedDesignKind.Model);
        Planner planner = PlannerOf(settings);
        Seeds(planner, 1, 3);
        var area = new PixelArea(0, 18, 0, 40);

        planner.Use(settings with { Excluded = [area] });
        GridPoint[] rest = Seeds(planner, 4, 7);

        rest.Should().HaveCount(4).And.OnlyHaveUniqueItems().And.OnlyContain(target => !area.Contains(target));
    }

    [Fact]
    public void A_point_that_a_person_asked_for_is_no_seed_and_counts_as_known()
    {
        PlanSettings settings = Settings(seeds: 4, SeedDesignKind.Model);
        GridPoint first = Seeds(PlannerOf(settings), 1, 1)[0];
        Planner planner = PlannerOf(settings);

        planner.Propose(new PointId(1), [], first)!.Value.Basis.Reason.Should().Be(PlanningReason.Forced);
        GridPoint[] seeds = Seeds(planner, 2, 5);

        seeds.Should().OnlyHaveUniqueItems().And.NotContain(first);
        seeds.Should().Equal(Seeds(PlannerOf(Settings(seeds: 5, SeedDesignKind.Model)), 1, 5)[1..]);
    }

    [Fact]
    public void A_model_that_is_to_choose_and_is_not_there_is_a_mistake()
    {
        Action making = () => _ = new Planner(Candidates, Settings(3, SeedDesignKind.Model), Seed);
        making.Should().Throw<ArgumentNullException>();
    }

    private static GridPoint[] Seeds(Planner planner, int from, int to)
    {
        List<GridPoint> targets = [];
        for (int i = from; i <= to; i++)
        {
            (GridPoint target, PlanningBasis basis) = planner.Propose(new PointId(i), [])!.Value;
            basis.Reason.Should().Be(PlanningReason.Seed);
            targets.Add(target);
        }

        return [.. targets];
    }

    private static float[] Ripples()
    {
        float[] values = new float[Shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            GridPoint point = Shape.PointAt(i);
            values[i] = (float)(Math.Sin(0.5 * point.Row) + Math.Cos(0.3 * point.Column * point.Row / 9));
        }

        return values;
    }

    private static PlanSettings Settings(int seeds, SeedDesignKind design = SeedDesignKind.SpaceFilling) =>
        new(seeds, design, 10, 2, new MaximumUncertainty(), Goal.Maximise);

    private static Planner PlannerOf(PlanSettings settings) => new(Candidates, settings, Seed, Untrained.Prior(Seed));
}
