using DklActors.Host.Recipes.Generated;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>Recipes to start from, and the dry run.</summary>
internal static class RecipeRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/recipes", static (RecipeShelf shelf) => shelf.All()).WithSummary("Recipes to start from.");
        api.MapGet("/recipes/{name}", static (string name, RecipeShelf shelf) =>
                Results.Text(shelf.TextOf(name), "application/yaml"))
            .WithSummary("A recipe as YAML.");
        api.MapGet("/recipe-schema", static () => Results.Text(RecipeSchema.Text, "application/schema+json"))
            .WithSummary("The JSON schema of recipes.");
        api.MapPost("/recipes/check", static (CheckRecipe body, SubmittedRecipes recipes) =>
                recipes.Check(body.Recipe, body.Set, instrument: null))
            .WithSummary("Dry run: what is wrong with a recipe, and what it would cost. Nothing is moved.");
    }
}
