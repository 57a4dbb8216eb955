using System.Text.Json;

namespace DklActors.Host.Remote;

/// <summary>The seat, for as long as one command needs it.</summary>
internal sealed class HeldSeat : IAsyncDisposable
{
    private readonly DaemonClient _daemon;

    private HeldSeat(DaemonClient daemon) => _daemon = daemon;

    /// <exception cref="DaemonException">Somebody else has it and is not to be moved, or the token may not.</exception>
    public static async Task<HeldSeat> TakeAsync(
        DaemonClient daemon, bool takeOver, string? reason, CancellationToken cancellationToken)
    {
        if (!takeOver)
        {
            JsonElement session = await daemon.GetAsync("session", cancellationToken).ConfigureAwait(false);
            if (session.Field("seat") is { } seat && seat.Text("client") != daemon.Client)
            {
                throw new DaemonException(
                    $"{seat.Text("name")} has had the seat since {seat.Text("since")}. Ask them, or take it with "
                    + "--take-over. Pausing, aborting and halting need no seat.");
            }
        }

        await daemon.PostAsync("seat", new { takeOver, reason }, cancellationToken).ConfigureAwait(false);
        return new HeldSeat(daemon);
    }

    /// <summary>Leaves it again, so that a command that has ended keeps nobody off.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _daemon.DeleteAsync("seat", CancellationToken.None).ConfigureAwait(false);
        }
        catch (DaemonException)
        {
            // Whoever wants it takes it over; what the command did stands.
        }
    }
}
