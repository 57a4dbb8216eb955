namespace DklActors.Daemon.Tests.Browser;

/// <summary>A test that needs Chromium; skipped where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

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
        : Places.FirstOrDefault(File.Exists);
}
