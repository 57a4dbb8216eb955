using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DklActors.Host.Supervising;

/// <summary>
/// Tells systemd how a service is, by the protocol of sd_notify(3): one datagram of KEY=VALUE lines to the socket that
/// NOTIFY_SOCKET names. Without that variable it does nothing.
/// </summary>
internal sealed class ServiceNotifier
{
    // systemd expects a sign within this share of the time that it grants.
    private const double Share = 0.4;

    private readonly string? _address;

    /// <param name="address">NOTIFY_SOCKET, or null.</param>
    /// <param name="patience">WATCHDOG_USEC as a duration, or null where no signs of life are asked for.</param>
    public ServiceNotifier(string? address, TimeSpan? patience)
    {
        // A name that begins with @ is one of Linux's abstract sockets, whose first byte is zero.
        _address = address is { Length: > 1 } ? (address[0] == '@' ? $"\0{address[1..]}" : address) : null;
        Patience = patience;
    }

    /// <summary>How long systemd waits for a sign of life before it restarts the service; null: for ever.</summary>
    public TimeSpan? Patience { get; }

    public bool IsThere => _address is not null;

    /// <summary>As systemd has started this process.</summary>
    public static ServiceNotifier FromEnvironment()
    {
        string? pid = Environment.GetEnvironmentVariable("WATCHDOG_PID");
        bool isMeant = pid is null || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        bool isAsked = long.TryParse(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out long microseconds);
        return new ServiceNotifier(
            Environment.GetEnvironmentVariable("NOTIFY_SOCKET"),
            isMeant && isAsked && microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) : null);
    }

    /// <summary>Start-up is complete.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>Shows a line in <c>systemctl status</c>.</summary>
    public void Status(string status) => Send($"STATUS={OneLine(status)}");

    /// <summary>Shutdown has begun.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>One sign of life.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>Gives signs of life for as long as there is life, until cancelled.</summary>
    /// <param name="isLive">Whether what matters answers now; while not, systemd hears nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task KeepAliveAsync(Func<bool> isLive, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsThere || Patience is not { } patience)
        {
            return;
        }

        using var timer = new PeriodicTimer(Share * patience, time);
        do
        {
            if (isLive())
            {
                Alive();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    private void Send(string message)
    {
        if (_address is null)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(message), new UnixDomainSocketEndPoint(_address));
        }
        catch (SocketException)
        {
            // systemd is restarting itself. It asks for no second try.
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
