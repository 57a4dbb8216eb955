using DklActors.Actors.Controlling;
using DklActors.Host.Regions;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Campaigns;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>Campaigns: experiments that are the regions of one recipe.</summary>
internal static class CampaignRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder all = api.MapGroup("/campaigns");
        all.MapGet("", static (ExperimentRegistry experiments) => experiments.Campaigns())
            .WithSummary("Campaigns, newest first.");
        all.MapGet("/{id}", static (string id, ExperimentRegistry experiments) => experiments.GetCampaign(id).View())
            .WithSummary("A campaign: its regions in order, each an experiment.");
        all.MapGet("/{id}/recipe", static (string id, ExperimentRegistry experiments) =>
                FileOf(id, experiments, CampaignFolder.RecipeIn, "application/yaml", "recipe"))
            .WithSummary("The recipe as it was written.");
        all.MapGet("/{id}/summary", static (string id, ExperimentRegistry experiments) =>
                FileOf(id, experiments, CampaignFolder.SummaryIn, "application/json", "summary"))
            .WithSummary("The regions in numbers, and how alike they are.");
        all.MapGet("/{id}/comparison", static (string id, ExperimentRegistry experiments) => FileOf(
                id, experiments, CampaignFolder.FigureIn, "image/svg+xml", "figure"))
            .WithSummary("What was measured in the regions, as a figure.");
        MapSafer(all.MapGroup("/{id}").RequireAuthorization(nameof(Role.Controller)));
        MapCourse(all.MapGroup("/{id}").RequireAuthorization(nameof(Role.Controller))
            .AddEndpointFilter<SeatFilter>());
    }

    private static void MapSafer(RouteGroupBuilder one)
    {
        one.MapPost("/pause", static (string id, PauseRequest body, CampaignCommander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Paused.", false, (by, reason) =>
                    body.Mode == PauseMode.Hard ? new HardPause(by, reason) : new SoftPause(by, reason)))
            .WithSummary("Holds exposures back in the region under way: soft after the point, hard now.");
        one.MapPost("/abort", static (
                string id, ReasonRequest body, CampaignCommander commander, HttpRequest request) =>
                commander.AskAsync(
                    id, request, body.Reason, "Aborted.", true, (by, reason) => new AbortNow(by, reason)))
            .WithSummary("Blanks and ends the region under way now, with its report, and the campaign with it.");
        one.MapPost("/halt", static (
                string id, ReasonRequest body, CampaignCommander commander, HttpRequest request) =>
                commander.AskAsync(
                    id, request, body.Reason, "Halted.", true, (by, reason) => new HaltNow(by, reason)))
            .WithSummary("Blanks and ends the region under way now, nothing else, and the campaign with it.");
    }

    private static void MapCourse(RouteGroupBuilder one)
    {
        one.MapPost("/resume", static (
                string id, ReasonRequest body, CampaignCommander commander, HttpRequest request) =>
                commander.AskAsync(
                    id, request, body.Reason, "Resumed.", false, (by, reason) => new ResumeAll(by, reason)))
            .WithSummary("Lets exposures go on in the region under way.");
        one.MapPost("/stop", static (
                string id, ReasonRequest body, CampaignCommander commander, HttpRequest request) =>
                commander.AskAsync(
                    id, request, body.Reason, "Stopped.", true, (by, reason) => new StopAtPoint(by, reason)))
            .WithSummary("Ends the region under way after its point, and the campaign with it.");
        one.MapDelete("", Cancel).WithSummary("Takes the regions that wait out of the queue.");
        one.MapPost("/continue", Continue).WithSummary("Queues what is left of it, to go on where it was.");
    }

    private static IResult Cancel(string id, ExperimentRegistry experiments)
    {
        experiments.Cancel(experiments.GetCampaign(id));
        return Results.NoContent();
    }

    private static CampaignView Continue(string id, ReasonRequest body, ExperimentRegistry experiments)
    {
        _ = Reasons.Of(body.Reason, "Goes on.");
        CampaignEntry campaign = experiments.GetCampaign(id);
        experiments.Continue(campaign);
        return campaign.View();
    }

    private static IResult FileOf(
        string id,
        ExperimentRegistry experiments,
        Func<string, string> pathIn,
        string type,
        string what)
    {
        CampaignEntry campaign = experiments.GetCampaign(id);
        try
        {
            return Results.Bytes(File.ReadAllBytes(pathIn(campaign.Root)), type);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ApiException.NotFound($"{campaign.Id} has no {what} yet.", "It is made when the campaign is over.");
        }
    }
}
