using System.Collections.Immutable;

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
public abstract class LogEvent(Exception? cause, string logSource, Type logClass, object message)
{
    public Exception? Cause { get; } = cause;

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; internal set; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public string LogSource { get; } = logSource;

    public Type LogClass { get; } = logClass;

    public object Message { get; } = message;

    internal ImmutableDictionary<string, object?>? Context { get; set; }

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        string because = Cause is null ? "" : Environment.NewLine + SemanticLogMessageFormatter.TextOf(Cause);
        return $"[{LogLevel()}][{Timestamp:O}][{LogSource}] {SemanticLogMessageFormatter.TextOf(Message)}{because}";
    }
}

public sealed class Debug(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public sealed class Info(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

public sealed class Warning(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

public sealed class Error(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
