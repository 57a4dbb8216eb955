using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>Who trains elsewhere.</summary>
internal static class TrainerRoutes
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/trainers", static (TrainerDesk trainers) => trainers.Now())
            .WithSummary("The trainer nodes and the link to them.");
}
