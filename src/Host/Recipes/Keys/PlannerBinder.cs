using DklActors.Host.Recipes.Sections;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Typed values to planner and back; the two directions are mirror images.</summary>
internal static class PlannerBinder
{
    public static PlannerSection Bind(RecipeValues values) => new()
    {
        Acquisition = values.Get(Acquisition),
        Beta = values.Find(Beta),
        Xi = values.Find(Xi),
        Samples = values.Find(Samples),
        Alternatives = values.Find(Alternatives),
        References = values.Find(References),
        Schedule = values.FindText(Schedule),
        Goal = values.Get(Goal),
        Target = values.Find(Target),
        Penalties = new PenaltySection(
            values.Get(DistanceCost), values.Get(RecencyPenalty), values.Get(RecencyRadius),
            values.Get(RecencyMemory), values.Get(RevisitPenalty)),
        Region = values.Get(Region).Value,
        Seeds = values.Get(Seeds),
        SeedDesign = values.Get(RecipeKeys.SeedDesign),
        SeedsFrom = values.FindText(SeedsFrom),
        Measurements = values.Get(Measurements),
        Lookahead = values.Get(Lookahead),
    };

    public static void Unbind(PlannerSection planner, RecipeValues values)
    {
        values.Set(Acquisition, planner.Acquisition);
        values.SetIfAny(Beta, planner.Beta);
        values.SetIfAny(Xi, planner.Xi);
        values.SetIfAny(Samples, planner.Samples);
        values.SetIfAny(Alternatives, planner.Alternatives);
        values.SetIfAny(References, planner.References);
        values.SetIfAny(Schedule, planner.Schedule);
        values.Set(Goal, planner.Goal);
        values.SetIfAny(Target, planner.Target);
        values.Set(DistanceCost, planner.Penalties.DistanceCost);
        values.Set(RecencyPenalty, planner.Penalties.RecencyPenalty);
        values.Set(RecencyRadius, planner.Penalties.RecencyRadiusPx);
        values.Set(RecencyMemory, planner.Penalties.RecencyMemory);
        values.Set(RevisitPenalty, planner.Penalties.RevisitPenalty);
        values.Set(Region, new(planner.Region));
        values.Set(Seeds, planner.Seeds);
        values.Set(RecipeKeys.SeedDesign, planner.SeedDesign);
        values.SetIfAny(SeedsFrom, planner.SeedsFrom);
        values.Set(Measurements, planner.Measurements);
        values.Set(Lookahead, planner.Lookahead);
    }
}
