namespace DklActors.Actors.Running;

/// <summary>How bad a log line is.</summary>
public enum RunLogLevel
{
    Debug,
    Information,
    Warning,
    Error,
}

/// <summary>Takes a log line: its level, the actor's path, the text, and what was thrown, if anything.</summary>
public delegate void RunLog(RunLogLevel level, string source, string message, Exception? cause);
