namespace DklActors.Actors.Running;

/// <summary>How bad a log line is.</summary>
public enum RunLogLevel
{
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>One line of the log.</summary>
/// <param name="Time">When it was said, UTC.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Source">The actor's path, or the name of what speaks.</param>
/// <param name="Template">Text with named holes, <c>{Point}</c>; the same for all lines of a kind.</param>
/// <param name="Properties">What fills the holes, and what else is known, by name.</param>
/// <param name="Cause">What was thrown, or null.</param>
public sealed record RunLogLine(
    DateTimeOffset Time,
    RunLogLevel Level,
    string Source,
    string Template,
    IReadOnlyDictionary<string, object?> Properties,
    Exception? Cause)
{
    public const string RunId = "RunId";

    public const string Point = "Point";
}

/// <summary>Takes a log line; must return at once.</summary>
public delegate void RunLog(RunLogLine line);
