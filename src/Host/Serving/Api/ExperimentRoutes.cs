using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Looking;
using DklActors.Host.Serving.Submitting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>The list of experiments, and the queues.</summary>
internal static class ExperimentRoutes
{
    private const int MostListed = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder all = api.MapGroup("/experiments");
        all.MapGet("", List).WithSummary("Experiments, newest first.");
        all.MapGet("/{id}", static (string id, ExperimentRegistry experiments, RunLibrary library) =>
                library.StatusOf(experiments.Get(id)))
            .WithSummary("Everything about one but its points and maps.");
        RouteGroupBuilder seated = all.MapGroup("").RequireAuthorization(nameof(Role.Controller))
            .AddEndpointFilter<SeatFilter>();
        seated.MapPost("", Submit).WithSummary("Queues an experiment, or a campaign: then of its first region.");
        seated.MapDelete("/{id}", Cancel).WithSummary("Takes one out of the queue.");
        seated.MapPost("/{id}/continue", Continue).WithSummary("Queues one that ended, to go on where it was.");
    }

    private static IEnumerable<ExperimentSummary> List(
        ExperimentRegistry experiments, string? phase = null, int limit = MostListed)
    {
        Phase? wanted = phase is null ? null
            : Enum.TryParse(phase, ignoreCase: true, out Phase known) && Enum.IsDefined(known) ? known
            : throw ApiException.BadRequest(
                "There is no such phase.", "Ask for queued, starting, live or ended, or leave it out.");
        return experiments.All()
            .Where(summary => wanted is null || summary.Phase == wanted)
            .Take(Math.Clamp(limit, 0, MostListed));
    }

    private static Created<ExperimentStatus> Submit(
        SubmitExperiment body, ExperimentRegistry experiments, SubmittedRecipes recipes, RunLibrary library)
    {
        SubmittedRecipe recipe = recipes.Require(body.Recipe, body.Set);
        if (body.Instrument is { } named && !InstrumentName.IsGood(named))
        {
            throw ApiException.Unusable(
                "The name of an instrument is 1 to 64 printable characters.", "Leave it out for the recipe's own.");
        }

        ExperimentEntry entry = recipe.One is { } one
            ? experiments.Submit(one, body.Instrument ?? InstrumentName.Of(one))
            : experiments.Submit(recipe.Campaign!, body.Instrument);
        return TypedResults.Created($"{Routes.Root}/experiments/{entry.Id}", library.StatusOf(entry));
    }

    private static IResult Cancel(string id, ExperimentRegistry experiments)
    {
        experiments.Cancel(experiments.Get(id));
        return Results.NoContent();
    }

    private static ExperimentStatus Continue(
        string id, ReasonRequest body, ExperimentRegistry experiments, RunLibrary library)
    {
        _ = Reasons.Of(body.Reason, "Goes on.");
        ExperimentEntry entry = experiments.Get(id);
        experiments.Continue(entry);
        return library.StatusOf(entry);
    }
}
