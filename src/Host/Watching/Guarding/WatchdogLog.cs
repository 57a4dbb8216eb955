using System.Globalization;

namespace DklActors.Host.Watching.Guarding;

/// <summary>
/// The watchdog's own log: standard error, and a file of which one older one is kept. A disk that refuses is no reason
/// not to blank.
/// </summary>
internal sealed class WatchdogLog(string? path, TextWriter? terminal, TimeProvider time)
{
    private const long FileBytes = 1_000_000;

    private readonly Lock _gate = new();

    public void Write(string text)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():O} {text}");
        lock (_gate)
        {
            Try(() => terminal?.WriteLine($"dkl watchdog: {text}"));
            Try(() => Append(line));
        }
    }

    private void Append(string line)
    {
        if (path is null)
        {
            return;
        }

        if (File.Exists(path) && new FileInfo(path).Length > FileBytes)
        {
            File.Move(path, $"{path}.1", overwrite: true);
        }

        File.AppendAllText(path, $"{line}\n");
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ObjectDisposedException)
        {
            // A terminal may be gone and a disk full.
        }
    }
}
