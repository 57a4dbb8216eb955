using DklActors.Host.Journals;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Exporting;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Looking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>Trying other choices on what was measured, and taking a run elsewhere. Changes nothing.</summary>
internal static class TrialRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/experiments/{id}");
        run.MapPost("/points/{point:int}/view",
                static (string id, int point, ViewFrame body, Trials trials, ExperimentRegistry experiments) =>
                    trials.View(
                        experiments.Get(id), point,
                        body.Scalarizer is null ? null : KeyLimits.Checked(body.Scalarizer)))
            .WithSummary("What a scalarizer sees in the frame of a point.");
        run.MapPost("/preview/scalarizer",
                static (string id, PreviewKeys body, Trials trials, ExperimentRegistry experiments,
                    CancellationToken cancellation) =>
                    trials.ScalarizerAsync(experiments.Get(id), KeyLimits.Checked(body.Keys), cancellation))
            .RequireRateLimiting(LimitNames.Heavy)
            .WithSummary("Another scalarizer tried on every frame so far.");
        run.MapPost("/preview/acquisition",
                static (string id, PreviewKeys body, Trials trials, ExperimentRegistry experiments,
                    CancellationToken cancellation) =>
                    trials.AcquisitionAsync(experiments.Get(id), KeyLimits.Checked(body.Keys), cancellation))
            .RequireRateLimiting(LimitNames.Heavy)
            .WithSummary("Another acquisition function tried on the belief of now.");
        run.MapGet("/previews/{map}",
                static (string id, string map, HttpContext context, Trials trials, ExperimentRegistry experiments) =>
                    FloatResponse.WriteAsync(context, trials.MapOf(experiments.Get(id), map), true))
            .WithSummary("The map of a preview as float32.");
        run.MapGet("/export/{format}", ExportAsync).RequireRateLimiting(LimitNames.Heavy)
            .WithSummary("The run as csv, npz, hspy, bluesky, or backup.");
    }

    private static async Task ExportAsync(
        string id, string format, HttpContext context, ExperimentRegistry experiments, RunExport exports)
    {
        ExperimentEntry entry = experiments.Get(id);
        ExportFormat? known = Enum.TryParse(format, ignoreCase: true, out ExportFormat parsed)
            && Enum.IsDefined(parsed) && !int.TryParse(format, out _) ? parsed : null;
        if (known is null && format != RunExport.Backup)
        {
            throw ApiException.NotFound(
                "There is no such format.", "There are csv, npz, hspy, bluesky, and backup.");
        }

        await exports.SendAsync(context, entry, known).ConfigureAwait(false);
    }
}
