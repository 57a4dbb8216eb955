namespace DklActors.Architecture.Tests.Tree;

/// <summary>Breaches of a rule as a test shows them.</summary>
internal static class Breaches
{
    /// <summary>All of them, one on a line; empty when there are none.</summary>
    public static string OnePerLine(this IEnumerable<string> breaches) =>
        string.Concat(breaches.Select(breach => $"{Environment.NewLine}{breach}"));
}
