namespace DklActors.Reliability.Witnesses;

/// <summary>One line of what processes said of themselves.</summary>
/// <param name="At">Timestamp of the machine's monotonic clock.</param>
/// <param name="Process">Which process of the run, from 1.</param>
/// <param name="Word">What it is about.</param>
/// <param name="Rest">The rest of it.</param>
internal sealed record Statement(long At, int Process, string Word, string Rest)
{
    public const string Started = "started";
    public const string Blanked = "blanked";
    public const string Appending = "appending";
    public const string Acknowledged = "acknowledged";
    public const string Died = "died";

    /// <summary>All whole lines; one that a process died in was not said.</summary>
    public static IReadOnlyList<Statement> ReadAll(string path) => File.Exists(path)
        ? [.. File.ReadLines(path).Where(line => line.EndsWith(';')).Select(Parse)]
        : [];

    private static Statement Parse(string line)
    {
        string[] parts = line.TrimEnd(';').Split(' ', 4);
        return new Statement(long.Parse(parts[0]), int.Parse(parts[1]), parts[2], parts[3]);
    }
}
