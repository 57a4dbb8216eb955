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
    public static PlanSettings Build(PlannerSection planner) => new(
        planner.Seeds,
        planner.SeedDesign == SeedDesign.SpaceFilling,
        planner.Measurements,
        planner.Lookahead,
        AcquisitionOf(planner),
        GoalOf(planner))
    {
        Region = RegionOf(planner.Region),
    };

    /// <summary>Number of candidates that the region leaves of those whose patch fits the image.</summary>
    public static long CountCandidates(PixelRegion? region, PatchWindow patch, GridShape image)
    {
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
