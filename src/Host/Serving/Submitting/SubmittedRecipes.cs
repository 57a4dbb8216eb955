using System.Collections.Immutable;
using DklActors.Host.Commands;
using DklActors.Host.Estimating;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Running;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Instruments.Files;

namespace DklActors.Host.Serving.Submitting;

/// <summary>Recipes that come with a request: read, guarded, and tried without moving anything.</summary>
internal sealed class SubmittedRecipes(DataFolder data, PathGuard guard, TimeProvider time)
{
    private const string Name = "recipe";

    /// <summary>What is wrong, or what it would cost.</summary>
    public RecipeCheckView Check(string text, ImmutableSortedDictionary<string, string>? set, string? instrument)
    {
        try
        {
            SubmittedRecipe recipe = Read(text, set);
            return recipe is { One: { } one, Origins: { } origins }
                ? new RecipeCheckView(true, [], EstimateOf(one, origins, instrument), [])
                : new RecipeCheckView(true, [], null,
                [
                    .. recipe.Campaign!.Regions.Select(region => new RegionEstimate(
                        region.Name, EstimateOf(region.Recipe, region.Origins, instrument))),
                ]);
        }
        catch (RecipeException exception)
        {
            return new RecipeCheckView(false, [.. exception.Errors.Select(RecipeErrorView.Of)], null, []);
        }
        catch (Exception exception) when (exception is UsageException or DataFileException)
        {
            return new RecipeCheckView(false, [new RecipeErrorView(null, null, exception.Message, null)], null, []);
        }
    }

    /// <summary>Reads a recipe and tries it, and each region of one that lists some; what comes back can be queued.
    /// </summary>
    /// <exception cref="ApiException">It cannot be run.</exception>
    public SubmittedRecipe Require(string text, ImmutableSortedDictionary<string, string>? set)
    {
        try
        {
            SubmittedRecipe submitted = Read(text, set);
            foreach ((Recipe recipe, RecipeOrigins origins) in submitted.Runs)
            {
                RunJournal.RequirePlace(recipe.Journal);
                _ = EstimateOf(recipe, origins, null);
            }

            return submitted;
        }
        catch (RecipeException exception)
        {
            throw ApiException.Unusable(exception.Errors);
        }
        catch (Exception exception) when (exception is UsageException or DataFileException)
        {
            throw ApiException.Unusable(exception.Message, "Change the recipe.");
        }
    }

    private SubmittedRecipe Read(string text, ImmutableSortedDictionary<string, string>? set)
    {
        if (text.Length > RecipeFile.LargestBytes)
        {
            throw new RecipeException(new RecipeError(
                Name, "", $"the recipe is larger than {RecipeFile.LargestBytes / 1024} KiB", "shorten it"));
        }

        // Relative paths start at the folder of data sets.
        RecipeDocument document = RecipeParser.Parse(Path.Combine(data.Data, Name), text);
        if (document.Errors.Count > 0)
        {
            throw new RecipeException(document.Errors);
        }

        foreach ((string key, string value) in set ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            document.Entries[key] = new RecipeEntry(value.Trim(), RecipeOrigins.OverrideLocation(key), data.Data);
            foreach (RegionDocument region in document.Regions.Where(_ => key != RecipeKeys.Name.Path))
            {
                // It replaces what the recipe says and what a region says.
                region.Content.Entries.Remove(key);
            }
        }

        guard.Check(document);
        if (document.Regions.Count > 0)
        {
            return new SubmittedRecipe(null, null, RecipeReader.ReadCampaign(document, text, []));
        }

        Recipe recipe = RecipeReader.Read(document, [], out RecipeOrigins origins);
        return new SubmittedRecipe(recipe, origins, null);
    }

    private Estimate EstimateOf(Recipe recipe, RecipeOrigins origins, string? instrument) =>
        DryRun.Of(recipe, origins, time, data.Runs) with { Instrument = instrument ?? InstrumentName.Of(recipe) };
}

/// <summary>A recipe that can be queued: of one experiment, or of a campaign.</summary>
/// <param name="One">Of one experiment; else null.</param>
/// <param name="Origins">Where its values were written.</param>
/// <param name="Campaign">One that lists regions; else null.</param>
internal sealed record SubmittedRecipe(Recipe? One, RecipeOrigins? Origins, CampaignRecipe? Campaign)
{
    /// <summary>The recipe of each run.</summary>
    public IEnumerable<(Recipe Recipe, RecipeOrigins Origins)> Runs => Campaign is { } campaign
        ? campaign.Regions.Select(static region => (region.Recipe, region.Origins))
        : [(One!, Origins!)];
}
