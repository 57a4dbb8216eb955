namespace DklActors.ActorKernel.Event;

public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <param name="cause">The exception behind it, if any.</param>
/// <param name="logSource">The path of the actor, or the name of what logs.</param>
/// <param name="message">A <see cref="LogMessage"/>, or the text where there was nothing to fill in.</param>
public abstract class LogEvent(LogLevel level, Exception? cause, string logSource, Type logClass, object message)
{
    public Exception? Cause { get; } = cause;

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; internal set; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public string LogSource { get; } = logSource;

    public Type LogClass { get; } = logClass;

    public object Message { get; } = message;

    internal ImmutableDictionary<string, object?>? Context { get; set; }

    public LogLevel LogLevel() => level;

    public override string ToString() =>
        $"[{LogLevel()}][{Timestamp:O}][{LogSource}] {SemanticLogMessageFormatter.TextOf(Message)}"
        + (Cause is null ? "" : Environment.NewLine + SemanticLogMessageFormatter.TextOf(Cause));
}

public sealed class Debug(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.DebugLevel, cause, logSource, logClass, message);

public sealed class Info(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.InfoLevel, cause, logSource, logClass, message);

public sealed class Warning(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.WarningLevel, cause, logSource, logClass, message);

public sealed class Error(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.ErrorLevel, cause, logSource, logClass, message);
