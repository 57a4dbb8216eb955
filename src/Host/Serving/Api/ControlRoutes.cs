using DklActors.Actors.Controlling;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Looking;
using DklActors.Messages.Geometry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using AddNote = DklActors.Host.Serving.Contract.AddNote;
using ChangeRegion = DklActors.Host.Serving.Contract.ChangeRegion;
using ExcludeArea = DklActors.Host.Serving.Contract.ExcludeArea;
using ForcePoint = DklActors.Host.Serving.Contract.ForcePoint;

namespace DklActors.Host.Serving.Api;

/// <summary>Commands to a run that goes on. What makes things safer needs no seat.</summary>
internal static class ControlRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder run = api.MapGroup("/experiments/{id}").RequireAuthorization(nameof(Role.Controller));
        MapSafer(run);
        RouteGroupBuilder seated = run.MapGroup("").AddEndpointFilter<SeatFilter>();
        MapCourse(seated);
        MapChoices(seated);
    }

    /// <summary>Tells the journal of a live run who commands now; one that is just ending need not know.</summary>
    public static async Task NoteControllerAsync(
        ExperimentEntry entry, string name, string? from, string reason, CancellationToken cancellation)
    {
        if (entry.Live is { } live)
        {
            await live.Runner.AskAsync(new NoteController(name, reason, from), cancellation)
                .WaitAsync(Patience, cancellation).ConfigureAwait(false);
        }
    }

    private static void MapSafer(RouteGroupBuilder run)
    {
        run.MapPost("/pause", static (string id, PauseRequest body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Paused.", (by, reason) => body.Mode == PauseMode.Hard
                    ? new HardPause(by, reason)
                    : new SoftPause(by, reason)))
            .WithSummary("Holds exposures back: soft after the point under way, hard now.");
        run.MapPost("/abort", static (string id, ReasonRequest body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Aborted.", (by, reason) => new AbortNow(by, reason)))
            .WithSummary("Blanks and ends now, with its report.");
        run.MapPost("/halt", static (string id, ReasonRequest body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Halted.", (by, reason) => new HaltNow(by, reason)))
            .WithSummary("Blanks and ends now, nothing else.");
    }

    private static void MapCourse(RouteGroupBuilder run)
    {
        run.MapPost("/resume", static (string id, ReasonRequest body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Resumed.", (by, reason) => new ResumeAll(by, reason)))
            .WithSummary("Lets exposures go on.");
        run.MapPost("/stop", static (string id, ReasonRequest body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Stopped.", (by, reason) => new StopAtPoint(by, reason)))
            .WithSummary("Ends after the point under way.");
        run.MapPost("/points", static (string id, ForcePoint body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Wanted.", (by, reason) =>
                    new Actors.Controlling.ForcePoint(by, reason, new GridPoint(body.Row, body.Column))))
            .WithSummary("Measures there next.");
        run.MapPost("/notes", static (string id, AddNote body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, null, "Noted.", (by, _) =>
                    new Actors.Controlling.AddNote(by, Reasons.Note(body.Text), PlaceOf(body))))
            .WithSummary("Puts words into the journal.");
    }

    private static void MapChoices(RouteGroupBuilder run)
    {
        run.MapPut("/scalarizer", static (
                string id, ChangeKeys body, Commander commander, HttpRequest request, Trials trials,
                ExperimentRegistry experiments) =>
                commander.AskAsync(id, request, body.Reason, "Changed.", (by, reason) => new ChangeScalarizer(
                    by, reason, trials.WholeScalarizer(experiments.Get(id), KeyLimits.Checked(body.Keys)))))
            .WithSummary("Another scalarizer from the next point on; what is measured is scalarized anew.");
        run.MapPut("/acquisition", static (
                string id, ChangeKeys body, Commander commander, HttpRequest request, Trials trials,
                ExperimentRegistry experiments) =>
                commander.AskAsync(id, request, body.Reason, "Changed.", (by, reason) => new ChangeAcquisition(
                    by, reason, trials.CheckedPlan(experiments.Get(id), KeyLimits.Checked(body.Keys)))))
            .WithSummary("Another measure of what is worth measuring, from the next decision on.");
        run.MapPut("/region", static (string id, ChangeRegion body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Changed.", (by, reason) =>
                    new Actors.Controlling.ChangeRegion(
                        by, reason, body.Region is null ? null : KeyLimits.AreaOf(body.Region))))
            .WithSummary("Plans points there and nowhere else; null for everywhere.");
        run.MapPost("/exclusions", static (string id, ExcludeArea body, Commander commander, HttpRequest request) =>
                commander.AskAsync(id, request, body.Reason, "Excluded.", (by, reason) =>
                    new Actors.Controlling.ExcludeArea(by, reason, KeyLimits.AreaOf(body.Area))))
            .WithSummary("Plans no point there any more.");
    }

    private static GridPoint? PlaceOf(AddNote note) => (note.Row, note.Column) switch
    {
        (null, null) => null,
        ({ } row, { } column) => new GridPoint(row, column),
        _ => throw ApiException.Unusable("A place has a row and a column.", "Give both, or neither."),
    };
}
