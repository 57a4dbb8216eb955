using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>For whoever watches over processes; tells nothing that needs a token.</summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => Results.Text("live\n")).AllowAnonymous()
            .WithSummary("The process answers.");
        routes.MapGet("/health/ready", static (ExperimentRegistry experiments) => experiments.Accepts
                ? Results.Text("ready\n")
                : Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable))
            .AllowAnonymous().WithSummary("The daemon takes experiments.");
    }
}
