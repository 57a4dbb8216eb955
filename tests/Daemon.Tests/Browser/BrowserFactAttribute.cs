namespace DklActors.Daemon.Tests.Browser;

/// <summary>A test that needs Chromium; skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public BrowserFactAttribute()
    {
        if (Browser is null)
        {
            Skip = "There is no Chromium: install the package chromium, or name one by DKL_CHROMIUM.";
        }
    }

    /// <summary>Path of the browser, or null.</summary>
    public static string? Browser { get; } = Environment.GetEnvironmentVariable("DKL_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
