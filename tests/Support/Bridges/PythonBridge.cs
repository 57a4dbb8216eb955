using System.Diagnostics;
using System.Text;

namespace DklActors.Support.Bridges;

/// <summary>The reference bridge as a user starts it, with its simulated instrument: a process of its own.</summary>
internal sealed class PythonBridge : IAsyncDisposable
{
    public const string Modules = "numpy";

    /// <summary>Of the simulated instrument.</summary>
    public const string Detector = "eels";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-bridge-").FullName;
    private readonly string[] _options;
    private readonly StringBuilder _log = new();
    private Process _process = null!;

    private PythonBridge(string[] options) => _options = options;

    public Uri Address { get; private set; } = null!;

    public string TokenFile => Path.Combine(_folder, "token");

    public string Token => File.ReadAllText(TokenFile).Trim();

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <param name="options">Of the command line, such as <c>--fault nan</c>.</param>
    public static async Task<PythonBridge> StartAsync(params string[] options)
    {
        var bridge = new PythonBridge(options);
        await bridge.StartAsync(0);
        return bridge;
    }

    /// <summary>SIGKILL: nothing of it runs any more, and the instrument is as it was.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it anew, with its journal and at the same address.</summary>
    public Task StartAgainAsync() => StartAsync(Address.Port);

    /// <summary>SIGSTOP, SIGCONT and the like, by name.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(int port)
    {
        string addressFile = Path.Combine(_folder, "address");
        File.Delete(addressFile);
        var start = new ProcessStartInfo(Python.PathOf(Modules))
        {
            WorkingDirectory = RepositoryRoot.PathOf("bridges/python"),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            "-m", "dkl_bridge", "--instrument", "simulated", "--token-file", TokenFile, "--make-token",
            "--port", $"{port}", "--address-file", addressFile, "--journal", Path.Combine(_folder, "journal"),
            "--name", "test", .. _options,
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        long started = TimeProvider.System.GetTimestamp();
        while (!File.Exists(addressFile))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidOperationException($"The bridge did not start:\n{Log}");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }

        Address = new Uri((await File.ReadAllTextAsync(addressFile)).Trim());
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.AppendLine(line);
            }
        }
    }
}
