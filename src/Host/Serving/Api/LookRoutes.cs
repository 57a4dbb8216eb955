using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Looking;
using DklActors.Messages.Frames;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DklActors.Host.Serving.Api;

/// <summary>Looking into a run, as it is or as it was.</summary>
internal static class LookRoutes
{
    private const int MostEvents = 5000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/experiments/{id}");
        run.MapGet("/snapshot", Snapshot).WithSummary("What its events add up to, up to now or to one of them.");
        run.MapGet("/events", Events).WithSummary("Events after a sequence number.");
        run.MapGet("/recipe", static (string id, ExperimentRegistry experiments) =>
                Results.Text(RunLibrary.RecipeOf(experiments.Get(id)), "application/yaml"))
            .WithSummary("The recipe as used.");
        run.MapGet("/maps/{kind}", MapAsync).WithSummary("A map as float32.");
        run.MapGet("/embedding", EmbeddingAsync).WithSummary("Where the network puts the candidates.");
        run.MapGet("/points/{point:int}/frame", FrameOf).WithSummary("The raw frame of a point as float32.");
        run.MapGet("/learning", LearningOf).WithSummary("How uncertainty and error went down.");
        run.MapGet("/actors", static (string id, ExperimentRegistry experiments) =>
                ActorNodes.Of(LiveOf(experiments.Get(id)).Runner.Actors))
            .WithSummary("The actors of a live run.");
    }

    public static LiveRun LiveOf(ExperimentEntry entry) => entry.Live ?? throw ApiException.Conflict(
        $"{entry.Id} does not go on, so that it has no actors.", "Look at its journal.");

    private static SnapshotView Snapshot(
        string id, HttpResponse response, ExperimentRegistry experiments, RunLibrary library, long? at = null)
    {
        SnapshotView snapshot = library.PictureOf(experiments.Get(id), at).Snapshot();
        Caching.Of(response, isForEver: at is not null);
        return snapshot;
    }

    private static EventPage Events(
        string id,
        ExperimentRegistry experiments,
        RunLibrary library,
        long after = 0,
        int limit = 1000,
        string? kind = null,
        string? text = null)
    {
        ExperimentEntry entry = experiments.Get(id);
        if (after < 0 || limit is < 1 or > MostEvents)
        {
            throw ApiException.BadRequest(
                $"'after' is at least 0 and 'limit' between 1 and {MostEvents}.",
                "Ask for the next page after this one.");
        }

        long last = library.PictureOf(entry).Sequence;
        IReadOnlyList<JournalEventView> events = kind is null && text is null
            ? RunLibrary.EventsAfter(entry, after, limit)
            : RunLibrary.Find(entry, after, limit, kind, text);
        return new EventPage(events, last);
    }

    private static async Task MapAsync(
        string id,
        string kind,
        HttpContext context,
        ExperimentRegistry experiments,
        RunLibrary library,
        long? at = null)
    {
        if (!Enum.TryParse(kind, ignoreCase: true, out MapKind known) || !Enum.IsDefined(known)
            || int.TryParse(kind, out _))
        {
            throw ApiException.NotFound(
                "There is no such map.",
                $"There are {string.Join(", ", Enum.GetNames<MapKind>()).ToLowerInvariant()}.");
        }

        ExperimentEntry entry = experiments.Get(id);
        Moment moment = await library.MomentOfAsync(entry, at, context.RequestAborted).ConfigureAwait(false);
        FloatArray map = RunMaps.Of(known, moment)
            ?? throw ApiException.NotFound(
                $"{id} has no {known.ToString().ToLowerInvariant()} map yet.", "Ask again later.");
        bool isForEver = at is not null || known is MapKind.Structure;
        await FloatResponse.WriteAsync(context, map, isForEver).ConfigureAwait(false);
    }

    private static async Task EmbeddingAsync(
        string id, HttpContext context, ExperimentRegistry experiments, RunLibrary library, long? at = null)
    {
        Moment moment = await library.MomentOfAsync(experiments.Get(id), at, context.RequestAborted)
            .ConfigureAwait(false);
        FloatArray embedding = EmbeddingOf.Moment(moment)
            ?? throw ApiException.NotFound($"{id} has no embedding yet.", "Ask again once a model is trained.");
        await FloatResponse.WriteAsync(context, embedding, at is not null).ConfigureAwait(false);
    }

    private static Task FrameOf(
        string id, int point, HttpContext context, ExperimentRegistry experiments, RunLibrary library)
    {
        Frame frame = library.FrameOf(experiments.Get(id), point);
        IHeaderDictionary headers = context.Response.Headers;
        switch (frame)
        {
            case SpectrumFrame spectrum:
                headers["X-Dkl-Kind"] = "spectrum";
                headers["X-Dkl-Origin-Ev"] = FloatResponse.Text(spectrum.Axis.Origin.Value);
                headers["X-Dkl-Dispersion-Ev"] = FloatResponse.Text(spectrum.Axis.Dispersion.Value);
                return FloatResponse.WriteAsync(
                    context,
                    new FloatArray(1, spectrum.Axis.Channels, frame.Counts.ToArray(), "Counts", "counts"),
                    true);
            case PatternFrame pattern:
                headers["X-Dkl-Kind"] = "pattern";
                return FloatResponse.WriteAsync(
                    context,
                    new FloatArray(
                        pattern.Shape.Rows, pattern.Shape.Columns, frame.Counts.ToArray(), "Counts", "counts"),
                    true);
            default:
                throw ApiException.NotFound($"Point {point} has a frame of an unknown kind.", "Export the run.");
        }
    }

    private static async Task<LearningView> LearningOf(
        string id, ExperimentRegistry experiments, RunLibrary library, CancellationToken cancellation) =>
        await library.LearningOfAsync(experiments.Get(id), cancellation).ConfigureAwait(false);
}
