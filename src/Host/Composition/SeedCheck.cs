using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Composition;

/// <summary>Checks the seed points that a data set names against what the recipe asks for.</summary>
internal static class SeedCheck
{
    private const string Key = "planner.seedsFrom";

    /// <exception cref="RecipeException">There are too few, or one of them cannot be planned.</exception>
    public static void Run(Recipe recipe, RecipeOrigins origins, IInstrument microscope)
    {
        if (recipe.Planner.SeedDesign != SeedDesign.Recorded)
        {
            return;
        }

        int wanted = recipe.Planner.Seeds;
        if (microscope.Places.SeedPoints.Count < wanted)
        {
            throw new RecipeException(origins.ErrorAt(
                Key,
                $"'{recipe.Planner.SeedsFrom}' names {microscope.Places.SeedPoints.Count} points, and {wanted} are "
                + "asked for",
                "lower planner.seeds, or name a longer array"));
        }

        GridShape image = microscope.Probe.ScanWindow;
        foreach (GridPoint point in microscope.Places.SeedPoints.Take(wanted))
        {
            if (PlanBuilder.CountCandidates(recipe.Planner.Region, recipe.Patch, image, [point]) == 0)
            {
                throw new RecipeException(origins.ErrorAt(
                    Key, $"the seed point {point} lies outside the region, or its patch outside the image",
                    "choose a smaller patch, a larger region or another design"));
            }
        }
    }
}
