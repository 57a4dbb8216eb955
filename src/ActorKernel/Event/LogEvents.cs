namespace DklActors.ActorKernel.Event;

public enum LogLevel
{
    DebugLevel,
    InfoLevel,
    WarningLevel,
    ErrorLevel,
}

/// <param name="cause">The exception behind it, if any.</param>
/// <param name="timestamp">UTC.</param>
/// <param name="logSource">The path of the actor, or the name of what logs.</param>
public abstract class LogEvent(
    LogLevel level, Exception? cause, DateTime timestamp, string logSource, Type logClass, object message)
{
    public Exception? Cause { get; } = cause;

    public DateTime Timestamp { get; } = timestamp;

    public string LogSource { get; } = logSource;

    public Type LogClass { get; } = logClass;

    public object Message { get; } = message;

    public LogLevel LogLevel() => level;

    public override string ToString() =>
        $"[{level}][{Timestamp:O}][{LogSource}] {Message}{(Cause is null ? "" : $"{Environment.NewLine}{Cause}")}";
}

public sealed class Debug(Exception? cause, DateTime timestamp, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.DebugLevel, cause, timestamp, logSource, logClass, message);

public sealed class Info(Exception? cause, DateTime timestamp, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.InfoLevel, cause, timestamp, logSource, logClass, message);

public sealed class Warning(Exception? cause, DateTime timestamp, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.WarningLevel, cause, timestamp, logSource, logClass, message);

public sealed class Error(Exception? cause, DateTime timestamp, string logSource, Type logClass, object message)
    : LogEvent(Event.LogLevel.ErrorLevel, cause, timestamp, logSource, logClass, message);
