using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of how many points are planned, and of the stage that goes there.</summary>
internal static partial class RecipeKeys
{
    public static readonly RecipeKey<int> Seeds =
        new("planner.seeds", new WholeFormat(2, 100_000), "Points measured before the first model.")
        {
            Default = "10",
        };

    public static readonly RecipeKey<SeedDesign> SeedDesign = new(
        "planner.seedDesign",
        new ChoiceFormat<SeedDesign>(
            (Sections.SeedDesign.SpaceFilling, "space-filling"),
            (Sections.SeedDesign.Random, "random"),
            (Sections.SeedDesign.Recorded, "recorded"),
            (Sections.SeedDesign.Model, "model")),
        "How the seed points are spread over the image; recorded takes those that the data set names. With model, each "
        + "is where a measurement promises to tell most of the map by structure alone: to the model of the region "
        + "before with learning.transfer: warm, else to one that was never trained (docs/learning.md).")
    {
        Default = "space-filling",
    };

    public static readonly RecipeKey<string> SeedsFrom = new(
        "planner.seedsFrom", Known.ArrayName,
        "Array with the seed points, of which the first are taken: their numbers among the positions or, without "
        + "positions, among the frames, from 0; or row and column of each, N × 2.")
    {
        Condition = new RecipeCondition("planner.seedDesign", "recorded"),
    };

    public static readonly RecipeKey<int> Measurements =
        new("planner.measurements", new WholeFormat(0, 1_000_000), "Points measured beyond the seeds.")
        {
            Default = "60",
        };

    public static readonly RecipeKey<int> Lookahead = new(
        "planner.lookahead", new WholeFormat(1, 16),
        "Points planned ahead of the probe, so that it never waits for the planner.")
    {
        Default = "2",
    };

    public static readonly RecipeKey<double> Tolerance = new(
        "stage.tolerance", Known.Pixels(0.001, 100),
        "Largest distance between the position asked for and the one read back.")
    {
        Default = "0.5 px",
    };

    public static readonly RecipeKey<TimeSpan> StageTimeout =
        new("stage.timeout", Known.Times(1, 600_000), "Longest wait for the probe to be where it was sent.")
        {
            Default = "5 s",
        };

    public static readonly RecipeKey<int> Margin = new(
        "stage.margin", Known.WholePixels(0, 4096), "Soft limit: border of the scan that is never visited.")
    {
        Default = "0 px",
    };

    public static readonly RecipeKey<int> StageAttempts =
        new("stage.attempts", new WholeFormat(1, 10), "Moves tried for one point before it is given up.")
        {
            Default = "3",
        };
}
