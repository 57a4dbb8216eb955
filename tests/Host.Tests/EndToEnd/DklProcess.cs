using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>The program as a user starts it: another process.</summary>
internal sealed class DklProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private DklProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public string Out => Read(_out);

    public string Error => Read(_error);

    /// <summary>The one JSON object on the last line of standard output.</summary>
    public JsonElement Summary
    {
        get
        {
            string last = Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
            using var document = JsonDocument.Parse(last);
            return document.RootElement.Clone();
        }
    }

    public static DklProcess Start(string workingFolder, params string[] arguments) =>
        Start(workingFolder, new Dictionary<string, string>(), arguments);

    /// <param name="workingFolder">The current folder.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    /// <param name="arguments">As a shell would hand them over.</param>
    public static DklProcess Start(
        string workingFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet")
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (OperatingSystem.IsLinux())
        {
            // Where the tests themselves run in the background, they and their children are to ignore Ctrl-C.
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dkl.dll"));
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var dkl = new DklProcess(new Process { StartInfo = start });
        dkl._process.OutputDataReceived += (_, line) => Append(dkl._out, line.Data);
        dkl._process.ErrorDataReceived += (_, line) => Append(dkl._error, line.Data);
        dkl._process.Start();
        dkl._process.BeginOutputReadLine();
        dkl._process.BeginErrorReadLine();
        return dkl;
    }

    public static async Task<DklProcess> RunAsync(string workingFolder, params string[] arguments)
    {
        DklProcess dkl = Start(workingFolder, arguments);
        await dkl.EndAsync();
        return dkl;
    }

    /// <summary>Waits for the end, and for all that was printed.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await EndAsync();
    }

    /// <summary>Sends a signal by name, such as INT.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

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
