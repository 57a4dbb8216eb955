using System.Diagnostics;
using System.Text;

namespace DklActors.Reliability.Processes;

/// <summary>A process that is to be broken, from outside.</summary>
internal sealed class VictimProcess : IDisposable
{
    private const int ByKill = 128 + 9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private VictimProcess(VictimArguments arguments, Process process)
    {
        Arguments = arguments;
        _process = process;
    }

    public VictimArguments Arguments { get; }

    /// <summary>Timestamp of the machine's monotonic clock.</summary>
    public long StartedAt { get; private init; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it ended by SIGKILL.</summary>
    public bool WasKilled => _process.ExitCode == ByKill;

    public string Out => Read(_out);

    public string Error => Read(_error);

    public static VictimProcess Start(VictimArguments arguments)
    {
        // Its own executable, not `dotnet`: the id that is killed is that of the run.
        string program = Path.Combine(AppContext.BaseDirectory, "DklActors.Reliability");
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program + ".exe" : program)
        {
            WorkingDirectory = arguments.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        var victim = new VictimProcess(arguments, new Process { StartInfo = start })
        {
            StartedAt = TimeProvider.System.GetTimestamp(),
        };
        victim._process.OutputDataReceived += (_, line) => Append(victim._out, line.Data);
        victim._process.ErrorDataReceived += (_, line) => Append(victim._error, line.Data);
        victim._process.Start();
        victim._process.BeginOutputReadLine();
        victim._process.BeginErrorReadLine();
        return victim;
    }

    /// <summary>SIGKILL, if it is still there.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <summary>Sends a signal by name, such as STOP.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits for the end, and for all that was printed.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
    }

    /// <summary>Waits until something holds, or the process has ended.</summary>
    /// <returns>Whether it holds.</returns>
    public async Task<bool> UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(StartedAt) > Patience)
            {
                return holds();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System).ConfigureAwait(false);
        }

        return true;
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
