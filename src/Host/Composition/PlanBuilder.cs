using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Host.Recipes.Sections;
using DklActors.Learning.Acquisition;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Composition;

/// <summary>From the planner's section of a recipe to what the planner works with.</summary>
internal static class PlanBuilder
{
    /// <param name="planner">The section.</param>
    /// <param name="seedPoints">What the data set names; counts only where the seeds are to be recorded ones.</param>
    public static PlanSettings Build(PlannerSection planner, IReadOnlyList<GridPoint> seedPoints) => new(
        planner.Seeds,
        DesignOf(planner.SeedDesign),
        planner.Measurements,
        planner.Lookahead,
        AcquisitionOf(planner),
        GoalOf(planner))
    {
        Region = RegionOf(planner.Region),
        GivenSeeds = planner.SeedDesign == SeedDesign.Recorded ? [.. seedPoints.Take(planner.Seeds)] : [],
    };

    /// <summary>Number of candidates that the region leaves of those whose patch fits the image.</summary>
    /// <param name="region">The region, or null for the whole image.</param>
    /// <param name="patch">The patch around a candidate.</param>
    /// <param name="image">Rows and columns of the image.</param>
    /// <param name="sites">The pixels that can be measured; null for every pixel.</param>
    public static long CountCandidates(
        PixelRegion? region, PatchWindow patch, GridShape image, IReadOnlyList<GridPoint>? sites)
    {
        if (sites is not null)
        {
            PlanRegion? plan = RegionOf(region);
            return sites.Count(site => patch.Fits(site, image) && plan?.Contains(site) != false);
        }

        GridPoint corner = patch.UpperLeftOf(new GridPoint(0, 0));
        long rows = Overlap(region?.FirstRow, region?.LastRow, -corner.Row, image.Rows);
        long columns = Overlap(region?.FirstColumn, region?.LastColumn, -corner.Column, image.Columns);
        return rows * columns;

        long Overlap(int? first, int? last, int begin, int length)
        {
            int end = begin + length - patch.Size;
            return Math.Max(0L, Math.Min(last ?? end, end) - Math.Max(first ?? begin, begin) + 1L);
        }
    }

    // Recorded points are given one by one; a design is what is left where there are fewer than asked for.
    private static SeedDesignKind DesignOf(SeedDesign design) => design switch
    {
        SeedDesign.SpaceFilling => SeedDesignKind.SpaceFilling,
        SeedDesign.Model => SeedDesignKind.Model,
        _ => SeedDesignKind.Random,
    };

    private static IAcquisitionFunction AcquisitionOf(PlannerSection planner)
    {
        IAcquisitionFunction function = planner.Schedule is string schedule
            ? AcquisitionText.Parse(schedule)
            : AcquisitionCatalog.Create(Words.Kebab(planner.Acquisition), ParameterOf(planner));
        ImmutableArray<IPenalty> penalties = [.. PenaltiesOf(planner.Penalties)];
        return penalties.IsEmpty ? function : new Penalised(function, penalties);
    }

    // Of these a function has one at most.
    private static double? ParameterOf(PlannerSection planner) =>
        planner.Beta ?? planner.Xi ?? planner.Samples ?? planner.Alternatives ?? planner.References;

    private static IEnumerable<IPenalty> PenaltiesOf(PenaltySection penalties)
    {
        if (penalties.DistanceCost > 0)
        {
            yield return new DistanceCost(penalties.DistanceCost);
        }

        if (penalties.RecencyPenalty > 0)
        {
            yield return new RecencyPenalty(
                penalties.RecencyPenalty, penalties.RecencyRadiusPx, penalties.RecencyMemory);
        }

        if (penalties.RevisitPenalty > 0)
        {
            yield return new RecencyPenalty(
                penalties.RevisitPenalty, penalties.RecencyRadiusPx, RecencyPenalty.NeverForgets);
        }
    }

    private static Goal GoalOf(PlannerSection planner) => (planner.Goal, planner.Target) switch
    {
        (PlannerGoal.Maximise, _) => Goal.Maximise,
        (PlannerGoal.Minimise, _) => Goal.Minimise,
        (_, { } target) => Goal.Hit(target.Low, target.High),
        _ => throw new ArgumentException("The goal is to hit a target, and there is none.", nameof(planner)),
    };

    private static PlanRegion? RegionOf(PixelRegion? region) => region is { } given
        ? new PlanRegion(
            new GridPoint(given.FirstRow, given.FirstColumn), new GridPoint(given.LastRow, given.LastColumn))
        : null;
}
