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
        Estimate estimate = DryRun.Of(recipe, origins, time, request.Out ?? ".");
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(estimate, Json));
        }
        else
        {
            EstimateText.Print(estimate, Console.Out, Console.IsOutputRedirected);
        }

        return ExitCode.Done;
    }
}
