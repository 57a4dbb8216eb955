using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace DklActors.Support.Broker;

/// <summary>
/// A RabbitMQ of the tests' own, from the distribution's package: its node name, ports, data, logs and cookie in a
/// temporary folder, everything on this machine's loopback, gone afterwards. It can be killed and started again.
/// </summary>
public class RabbitServer : IAsyncDisposable
{
    private static readonly string Program = Path.Combine("/usr", "lib", "rabbitmq", "bin", "rabbitmq-server");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-mq-").FullName;
    private readonly int _namesPort = FreePort();
    private readonly int _nodesPort = FreePort();
    private Process? _names;
    private Process? _server;

    /// <summary>Why what needs a broker cannot run here, or null when it can.</summary>
    /// <remarks>In CI the broker must be there: a test runs, and fails where it is not.</remarks>
    public static string? ReasonToSkip =>
        File.Exists(Program) || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : $"No {Program} (Debian's package rabbitmq-server).";

    /// <summary>Where it listens, also after a restart.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where it listens with TLS, if it does.</summary>
    public int SecurePort { get; } = FreePort();

    /// <summary>What it is started with, in the format of rabbitmq.conf.</summary>
    public string Settings { get; init; } = "";

    public string Url => $"amqp://127.0.0.1:{Port}";

    /// <summary>Makes it ready the first time, where there is one.</summary>
    public async Task InitializeAsync()
    {
        if (ReasonToSkip is null)
        {
            _names = Start("epmd", ["-port", $"{_namesPort}", "-address", "127.0.0.1"]);
            await StartAsync();
        }
    }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rabbitmq.conf"),
            Settings.Replace("{secure}", $"127.0.0.1:{SecurePort}", StringComparison.Ordinal));
        _server = Start(Program, []);
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using IConnection connection = await ConnectAsync();
                return;
            }
            catch (BrokerUnreachableException exception)
            {
                if (_server.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
                {
                    throw new InvalidOperationException($"The broker did not come up: {LastLines()}", exception);
                }
            }

            await Task.Delay(Glance, TimeProvider.System);
        }
    }

    /// <summary>A connection of a test's own, as the broker's guest.</summary>
    public Task<IConnection> ConnectAsync() => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = Port,
        AutomaticRecoveryEnabled = false,
    }.CreateConnectionAsync();

    /// <summary>SIGKILL: nothing is written any more.</summary>
    public async Task KillAsync()
    {
        if (_server is { HasExited: false })
        {
            // Whoever it started ends with it, or would keep its port.
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        _server = null;
    }

    /// <summary>Ends it for good and clears its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await KillAsync();
        _names?.Kill();
        _names?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start(string program, string[] arguments)
    {
        string[] command = ["-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", Log, program, .. arguments];
        var start = new ProcessStartInfo("sh", command) { WorkingDirectory = _folder };
        (string Name, string Value)[] settings =
        [
            ("HOME", _folder),
            ("ERL_EPMD_PORT", $"{_namesPort}"),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("ERL_CRASH_DUMP", Path.Combine(_folder, "erl_crash.dump")),
            ("RABBITMQ_NODENAME", $"dkl-{Port}@localhost"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODE_PORT", $"{Port}"),
            ("RABBITMQ_DIST_PORT", $"{_nodesPort}"),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "data")),
            ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "logs")),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf")),
            ("RABBITMQ_CONF_ENV_FILE", Path.Combine(_folder, "none-either")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "plugins")),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
            // The script then becomes the server, so that it is the server that is killed.
            ("RUNNING_UNDER_SYSTEMD", "true"),
        ];
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private string Log => Path.Combine(_folder, "output");

    private string LastLines() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(20)) : "no output";
}
