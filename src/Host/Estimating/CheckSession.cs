using System.Text.Encodings.Web;
using System.Text.Json;
using DklActors.Host.Commands;
using DklActors.Host.Recipes;
using DklActors.Host.Running;

namespace DklActors.Host.Estimating;

/// <summary>One <c>dkl run --check</c>.</summary>
internal static class CheckSession
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="RecipeException">The recipe cannot be run; the message says all that is wrong.</exception>
    public static ExitCode Run(RunRequest request, TimeProvider time)
    {
        Recipe recipe = RecipeReader.Read(request.Recipe, request.Overrides, out RecipeOrigins origins);
        RunJournal.RequirePlace(recipe.Journal);
        Print(DryRun.Of(recipe, origins, time, request.Out ?? "."), request.Json);
        return ExitCode.Done;
    }

    /// <summary>The same for every region of a campaign; with <c>--json</c> one object a line.</summary>
    /// <exception cref="RecipeException">A region cannot be run; the message says all that is wrong.</exception>
    public static ExitCode Run(RunRequest request, CampaignRecipe campaign, TimeProvider time)
    {
        List<Estimate> estimates = [];
        foreach (RegionRecipe region in campaign.Regions)
        {
            RunJournal.RequirePlace(region.Recipe.Journal);
            estimates.Add(DryRun.Of(region.Recipe, region.Origins, time, request.Out ?? "."));
        }

        foreach (Estimate estimate in estimates)
        {
            Print(estimate, request.Json);
        }

        if (!request.Json)
        {
            double seconds = estimates.Sum(static estimate => estimate.DurationS);
            Console.WriteLine(FormattableString.Invariant(
                $"{estimates.Count} regions, about {DurationText.Of(TimeSpan.FromSeconds(seconds))} and ")
                + FormattableString.Invariant($"{estimates.Sum(static estimate => estimate.Electrons):G4} electrons."));
        }

        return ExitCode.Done;
    }

    private static void Print(Estimate estimate, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(estimate, Json));
            return;
        }

        EstimateText.Print(estimate, Console.Out, Console.IsOutputRedirected);
    }
}
