using System.Diagnostics;
using System.Globalization;

namespace DklActors.Host.Watching.Linking;

/// <summary>Starts <c>dkl watchdog</c> as a process that outlives this one.</summary>
internal static class WatchdogStarter
{
    /// <summary>Seconds without anybody to watch after which it ends by itself.</summary>
    private const int LingerS = 10;

    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static Process Start(WatchdogOptions options)
    {
        // Published, the process is dkl itself; in development it is dotnet.
        string self = Environment.ProcessPath ?? "dotnet";
        bool isOwn = Path.GetFileNameWithoutExtension(self) == "dkl";
        var start = new ProcessStartInfo(isOwn ? self : "dotnet")
        {
            UseShellExecute = false,
            // Not this process's: who reads those waits for their end, which would be that of the watchdog.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(options.Address),
        };
        if (!isOwn)
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dkl.dll"));
        }

        string[] arguments =
        [
            "watchdog", "--socket", options.Address, "--quiet",
            "--linger", LingerS.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (string argument in options.LogFile is { } log ? [.. arguments, "--log", log] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.StandardOutput.Close();
        process.StandardError.Close();
        return process;
    }
}
