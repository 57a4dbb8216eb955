using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace DklActors.Support.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, from the distribution's package: data and socket in a temporary folder, no
/// port, gone afterwards. It can be killed and started again.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>The tests that share a server; they run one after the other.</summary>
    public const string Collection = "PostgreSQL";

    private const string Account = "postgres";
    private const int KillSignal = 9;
    private const int StopSignal = 19; // SIGSTOP on Linux
    private const int InterruptSignal = 2; // "fast shutdown"

    private static readonly string Packages = Path.Combine("/usr", "lib", "postgresql");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly string _binaries;
    private readonly string _folder;
    private Process? _process;
    private int _schemas;

    public PostgresServer()
    {
        _binaries = Binaries ?? throw new InvalidOperationException(
            $"No server in {Packages}: install Debian's package postgresql, or run elsewhere than in CI to skip.");
        _folder = Directory.CreateTempSubdirectory("dkl-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // A server refuses to run as root.
            Run("chown", Account, _folder);
        }

        Run(
            [
                .. Unprivileged, Binary("initdb"), "-D", Data, "-U", "dkl", "-A", "trust", "-E", "UTF8", "--locale=C",
                "-N",
            ]);
        Start();
    }

    /// <summary>Why a test that needs a server cannot run here, or null when it can.</summary>
    /// <remarks>In CI the server must be there: the test runs, and fails where it is not.</remarks>
    public static string? ReasonToSkip =>
        Binaries is not null || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : $"No PostgreSQL in {Packages} (Debian's package postgresql).";

    /// <summary>Connection string of the server, as its owner.</summary>
    public string Connection => ConnectionThrough(_folder);

    /// <summary>Path of the socket.</summary>
    public string Socket => Path.Combine(_folder, ".s.PGSQL.5432");

    private static string? Binaries { get; } = Directory.Exists(Packages)
        ? Directory.GetDirectories(Packages)
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), out double version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        : null;

    private string Data => Path.Combine(_folder, "data");

    private string Log => Path.Combine(_folder, "log");

    private static string[] Unprivileged => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--clear-groups", "--"]
        : [];

    /// <summary>Connection string of a server whose socket is in another folder.</summary>
    public static string ConnectionThrough(string folder) => $"Host={folder};Database=postgres;Username=dkl";

    /// <summary>Makes a schema and gives the connection string that leads there.</summary>
    public string NewSchema()
    {
        string name = $"test_{Interlocked.Increment(ref _schemas)}";
        Execute($"CREATE SCHEMA {name}");
        return $"{Connection};Search Path={name}";
    }

    public void Execute(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <param name="settings">Of the server, such as fsync=off.</param>
    public void Start(params string[] settings)
    {
        // The shell sends what the server says to a file, and becomes the server.
        string[] command =
        [
            "sh", "-c", "exec \"$@\" >>\"$0\" 2>&1", Log, .. Unprivileged, Binary("postgres"),
            "-D", Data, "-k", _folder, "-c", "listen_addresses=", "-c", "shared_buffers=32MB",
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        _process = Process.Start(StartOf(command))!;
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Connect().Dispose();
                return;
            }
            catch (NpgsqlException) when (
                !_process.HasExited && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                // It is not up yet: look again in a while.
                _process.WaitForExit(Glance);
            }
            catch (NpgsqlException exception)
            {
                throw new InvalidOperationException($"The server did not come up: {LastLines()}", exception);
            }
        }
    }

    /// <summary>Ends every connection and stops in good order.</summary>
    public void Stop() => End(process => Send(process, InterruptSignal));

    /// <summary>SIGKILL to the server and all its children at once: nothing is written any more.</summary>
    public void Kill()
    {
        int[] children = [];
        End(process =>
        {
            // Stopped first, so that it does not start others in their place.
            Send(process, StopSignal);
            children = [.. ChildrenOf(process)];
            foreach (int child in children)
            {
                Send(child, KillSignal);
            }

            Send(process, KillSignal);
        });
        // The next server does not start while one of them still has the shared memory.
        SpinWait.SpinUntil(() => !children.Any(IsAlive), Patience);
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            Kill();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection($"{Connection};Pooling=false;Timeout=5");
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void End(Action<int> end)
    {
        end(_process!.Id);
        if (!_process.WaitForExit(Patience))
        {
            throw new TimeoutException($"The server does not end: {LastLines()}");
        }

        _process.Dispose();
        _process = null;
    }

    // Field 3 of /proc/PID/stat, after the name in parentheses, is Z for one that only waits to be buried.
    private static bool IsAlive(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Field 4 of /proc/PID/stat, after the name in parentheses, is the parent.
    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int process) && ParentOf(folder) == parent)
            {
                yield return process;
            }
        }
    }

    private static int ParentOf(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (IOException)
        {
            return 0; // It has ended meanwhile.
        }
    }

    private string Binary(string name) => Path.Combine(_binaries, name);

    private string LastLines() => string.Join('\n', File.ReadLines(Log).TakeLast(20));

    private void Run(params string[] command)
    {
        using Process process = Process.Start(StartOf(["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1", Log, .. command]))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {LastLines()}");
        }
    }

    private ProcessStartInfo StartOf(string[] command) => new(command[0], command[1..]) { WorkingDirectory = _folder };

    private static void Send(int process, int signal) => _ = SendSignal(process, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
