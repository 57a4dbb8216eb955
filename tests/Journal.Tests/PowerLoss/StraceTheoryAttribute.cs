namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>Needs <c>strace</c>, which records what a process asks of its disk; skipped where it is not installed.</summary>
internal sealed class StraceTheoryAttribute : TheoryAttribute
{
    public const string Program = "/usr/bin/strace";

    public StraceTheoryAttribute()
    {
        if (!File.Exists(Program))
        {
            Skip = $"There is no {Program}: install the package strace to see what a power cut leaves.";
        }
    }
}
