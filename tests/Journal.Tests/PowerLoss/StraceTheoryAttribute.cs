namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>Needs <c>strace</c>, which records what a process asks of its disk; skipped where there is none.</summary>
internal sealed class StraceTheoryAttribute : TheoryAttribute
{
    /// <summary>Where it is, or null.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "strace"))
        .FirstOrDefault(File.Exists);

    public StraceTheoryAttribute()
    {
        if (Program is null)
        {
            Skip = "There is no strace on the PATH: install the package to see what a power cut leaves.";
        }
    }
}
