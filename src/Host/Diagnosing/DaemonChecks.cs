using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DklActors.Host.Remote;
using DklActors.Host.Running;
using DklActors.Host.Serving;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Wire;
using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;
using Npgsql;

namespace DklActors.Host.Diagnosing;

/// <summary>The daemon of a folder, what guards it, and what it needs of other machines.</summary>
internal static class DaemonChecks
{
    private const int UsualPort = 5080;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(string folder, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(folder);
        List<Finding> findings = [Finding.Of("tokens", () => Tokens(full))];
        Uri? url = null;
        string address = DataFolder.AddressIn(full);
        if (File.Exists(address))
        {
            (Finding daemon, url) = await DaemonAsync(address, cancellationToken).ConfigureAwait(false);
            findings.Add(daemon);
        }
        else
        {
            findings.Add(Finding.Ok("daemon", $"none runs for {full}"));
            findings.Add(Finding.Of("port", Port));
        }

        findings.Add(Finding.Of("watchdog", () => Watchdog(full)));
        findings.AddRange(Blankers(full, url is not null));
        if (Environment.GetEnvironmentVariable(RunJournal.ConnectionVariable) is { Length: > 0 } connection)
        {
            findings.Add(await PostgresAsync(connection, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    private static Finding Tokens(string folder)
    {
        string path = DataFolder.TokensIn(folder);
        if (!File.Exists(path))
        {
            return Finding.Ok("tokens", "none yet; the first start of the daemon makes them");
        }

        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
            ? Finding.Trouble(
                "tokens", $"{path} is open to others ({File.GetUnixFileMode(path)})",
                "run 'chmod 600' on it; if others use this machine, remove it: the next start makes new ones")
            : Finding.Ok("tokens", "readable by their owner alone");
    }

    private static async Task<(Finding Finding, Uri? Url)> DaemonAsync(
        string path, CancellationToken cancellationToken)
    {
        JsonElement file;
        try
        {
            using var document = JsonDocument.Parse(
                await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            file = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return (Finding.Trouble("daemon", $"{path} is damaged: {exception.Message}", "remove it"), null);
        }

        int id = (int)(file.Number("processId") ?? 0);
        if (!Uri.TryCreate(file.Text("url"), UriKind.Absolute, out Uri? url) || !IsRunning(id))
        {
            return (
                Finding.Warning(
                    "daemon", $"process {id} of {path} is gone: it was killed, or the machine went down",
                    "start it again; unfinished runs go on by themselves"),
                null);
        }

        try
        {
            using var http = new HttpClient { Timeout = Deadline };
            using HttpResponseMessage ready =
                await http.GetAsync(new Uri(url, "health/ready"), cancellationToken).ConfigureAwait(false);
            return (
                ready.IsSuccessStatusCode
                    ? Finding.Ok("daemon", $"process {id} at {url} takes experiments")
                    : Finding.Warning(
                        "daemon", $"process {id} at {url} answers {(int)ready.StatusCode}: it starts or shuts down",
                        "wait, and see its log in logs/"),
                url);
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (
                Finding.Trouble(
                    "daemon", $"process {id} runs and does not answer at {url}: {exception.Message}",
                    "see its log in logs/; if it hangs, kill it: the watchdog blanks, and a new start goes on"),
                null);
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Finding Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, UsualPort);
        try
        {
            listener.Start();
            return Finding.Ok("port", $"{UsualPort} is free");
        }
        catch (SocketException exception)
        {
            return Finding.Warning(
                "port", $"{UsualPort} is in use: {exception.Message}",
                $"see by whom with 'ss -ltnp sport = :{UsualPort}', or start the daemon with --urls and another one");
        }
    }

    private static Finding Watchdog(string folder)
    {
        string? given = Environment.GetEnvironmentVariable(WatchdogOptions.AddressVariable);
        string address = given is { Length: > 0 } ? given : Path.Combine(folder, "watchdog.sock");
        if (!File.Exists(address))
        {
            return given is { Length: > 0 }
                ? Finding.Trouble(
                    "watchdog", $"none listens at {address}, which {WatchdogOptions.AddressVariable} names",
                    "start it: 'systemctl start dkl-watchdog', or 'dkl watchdog --socket'")
                : Finding.Ok("watchdog", "none runs; the daemon starts one when a blanker can be reached");
        }

        try
        {
            using MessageSocket socket = MessageSocket.Connect(address);
            socket.Send(new WatchdogMessage(WatchdogWords.Hello, Text: $"doctor, process {Environment.ProcessId}"));
            List<WatchdogMessage> answer = [];
            return socket.TryReceive(Deadline, answer) && answer.Count > 0
                ? Finding.Ok("watchdog", $"answers at {address}")
                : Finding.Trouble(
                    "watchdog", $"does not answer at {address}",
                    "end its process; the daemon starts another, and holds exposures back until then");
        }
        catch (SocketException exception)
        {
            return Finding.Warning(
                "watchdog", $"is gone from {address}: {exception.Message}", "the next start of the daemon replaces it");
        }
    }

    private static IEnumerable<Finding> Blankers(string folder, bool isDaemonThere)
    {
        string ledger = WatchdogOptions.LedgerIn(folder);
        string[] armed = File.Exists(ledger) ? File.ReadAllLines(ledger) : [];
        foreach (string text in armed.Where(static line => line.Length > 0))
        {
            yield return Finding.Of("beam", () => Beam(text, isDaemonThere));
        }
    }

    private static Finding Beam(string text, bool isDaemonThere)
    {
        if (!BlankerSpec.TryParse(text, out BlankerSpec? spec))
        {
            return Finding.Trouble("beam", $"'{text}' names no blanker", "see blankers.txt");
        }

        try
        {
            return spec.Open().IsBlanked ? Finding.Ok("beam", $"{spec}: blanked")
                : isDaemonThere ? Finding.Ok("beam", $"{spec}: on, under the daemon")
                : Finding.Trouble(
                    "beam", $"{spec}: THE BEAM IS ON, and no daemon has it",
                    $"run 'dkl watchdog --blank-now {spec}', and look at the microscope");
        }
        catch (InstrumentException exception)
        {
            return Finding.Trouble("beam", exception.Message, "look at the microscope");
        }
    }

    private static async Task<Finding> PostgresAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connection) { Timeout = (int)Deadline.TotalSeconds };
            await using var database = new NpgsqlConnection(settings.ConnectionString);
            await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            return Finding.Ok(
                "PostgreSQL", $"{database.PostgreSqlVersion} at {settings.Host}, database {settings.Database}");
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException or TimeoutException
            or SocketException)
        {
            return Finding.Trouble(
                "PostgreSQL", $"the database of {RunJournal.ConnectionVariable} cannot be opened: {exception.Message}",
                "see that it runs and lets this user in; runs in it cannot begin or go on until then");
        }
    }
}
