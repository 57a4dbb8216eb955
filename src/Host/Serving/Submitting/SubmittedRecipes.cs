using System.Collections.Immutable;
using DklActors.Host.Commands;
using DklActors.Host.Estimating;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
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
            (Recipe recipe, RecipeOrigins origins) = Read(text, set);
            return new RecipeCheckView(true, [], EstimateOf(recipe, origins, instrument));
        }
        catch (RecipeException exception)
        {
            return new RecipeCheckView(false, [.. exception.Errors.Select(RecipeErrorView.Of)], null);
        }
        catch (Exception exception) when (exception is UsageException or DataFileException)
        {
            return new RecipeCheckView(false, [new RecipeErrorView(null, null, exception.Message, null)], null);
        }
    }

    /// <summary>Reads a recipe and tries it; what comes back can be queued.</summary>
    /// <exception cref="ApiException">It cannot be run.</exception>
    public Recipe Require(string text, ImmutableSortedDictionary<string, string>? set)
    {
        try
        {
            (Recipe recipe, RecipeOrigins origins) = Read(text, set);
            RunJournal.RequirePlace(recipe.Journal);
            _ = EstimateOf(recipe, origins, null);
            return recipe;
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

    private (Recipe Recipe, RecipeOrigins Origins) Read(
        string text, ImmutableSortedDictionary<string, string>? set)
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
        }

        guard.Check(document);
        Recipe recipe = RecipeReader.Read(document, [], out RecipeOrigins origins);
        return (recipe, origins);
    }

    private Estimate EstimateOf(Recipe recipe, RecipeOrigins origins, string? instrument) =>
        DryRun.Of(recipe, origins, time, data.Runs) with { Instrument = instrument ?? InstrumentName.Of(recipe) };
}
