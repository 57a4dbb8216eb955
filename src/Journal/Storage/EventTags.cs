namespace DklActors.Journal.Storage;

/// <summary>
/// Tags by which events are found across the streams of a shared store without reading them all. Few events have one,
/// for a tag costs a row.
/// </summary>
public static class EventTags
{
    /// <summary>How runs begin, are held back and end: what an overview of all runs is made of.</summary>
    public const string Run = "run";

    /// <summary>The tag of an event, by its manifest, or null.</summary>
    public static string? Of(string manifest) =>
        manifest.StartsWith("experiment-", StringComparison.Ordinal)
        || manifest.StartsWith("run-", StringComparison.Ordinal)
            ? Run
            : null;
}
