using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Api;

/// <summary>The daemon itself, and the seat.</summary>
internal static class DaemonRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", SessionOf).WithSummary("Who asks, and what they may do.");
        api.MapGet("/daemon", static (DaemonState daemon) => daemon.Now()).WithSummary("The daemon in short.");
        api.MapPost("/seat", TakeSeatAsync).RequireAuthorization(nameof(Role.Controller))
            .WithSummary("Takes the seat; from another client only with takeOver.");
        api.MapDelete("/seat", LeaveSeat).RequireAuthorization(nameof(Role.Controller))
            .WithSummary("Leaves the seat.");
    }

    private static Session SessionOf(HttpContext context, DaemonState daemon, SeatKeeper seats) => new(
        context.User.IsInRole(nameof(Role.Controller)) ? "controller" : "observer", seats.Holder, daemon.Now());

    private static async Task<Seat> TakeSeatAsync(
        HttpRequest request,
        TakeSeat body,
        SeatKeeper seats,
        ExperimentRegistry experiments,
        DaemonState daemon,
        ILogger<SeatKeeper> log,
        CancellationToken cancellation)
    {
        var client = Client.Of(request);
        string reason = Reasons.Of(body.Reason, "Takes over.");
        (Seat seat, Seat? before, bool isHis) = seats.Take(client, body.TakeOver);
        if (!isHis)
        {
            throw ApiException.NotInTheSeat(seat);
        }

        if (seat != before)
        {
            log.LogInformation("{Name} has the seat, before {Before}: {Reason}", seat.Name, before?.Name, reason);
            foreach (ExperimentEntry entry in experiments.Live)
            {
                await ControlRoutes.NoteControllerAsync(entry, seat.Name, before?.Name, reason, cancellation)
                    .ConfigureAwait(false);
            }

            daemon.Changed();
        }

        return seat;
    }

    private static IResult LeaveSeat(
        HttpRequest request, SeatKeeper seats, DaemonState daemon, ILogger<SeatKeeper> log)
    {
        var client = Client.Of(request);
        if (!seats.Leave(client))
        {
            throw ApiException.NotInTheSeat(seats.Holder);
        }

        log.LogInformation("{Name} has left the seat", client.Name);
        daemon.Changed();
        return Results.NoContent();
    }
}
