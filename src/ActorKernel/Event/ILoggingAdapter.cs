namespace DklActors.ActorKernel.Event;

/// <summary>The log of one source.</summary>
public interface ILoggingAdapter
{
    bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    bool IsEnabled(LogLevel logLevel);

    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    /// <param name="format">The text as it is: without arguments there is nothing to fill in.</param>
    void Log(LogLevel logLevel, Exception? cause, string format);
}

/// <summary>
/// Formats are templates with named holes, <c>"Point {Point}: {Reason}"</c>, or positional ones, <c>{0}</c>. They and
/// their arguments are kept apart, for a log that is searched by name. Below the level nothing is allocated but the
/// boxes of value types: where these count, ask whether the level is on.
/// </summary>
public static class LoggingExtensions
{
    public static void Debug(this ILoggingAdapter log, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.DebugLevel, null, format, args);

    public static void Info(this ILoggingAdapter log, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.InfoLevel, null, format, args);

    public static void Warning(this ILoggingAdapter log, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.WarningLevel, null, format, args);

    public static void Warning(
        this ILoggingAdapter log, Exception? cause, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.WarningLevel, cause, format, args);

    public static void Error(this ILoggingAdapter log, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.ErrorLevel, null, format, args);

    public static void Error(
        this ILoggingAdapter log, Exception? cause, string format, params ReadOnlySpan<object?> args) =>
        Log(log, LogLevel.ErrorLevel, cause, format, args);

    /// <summary>The same log, with one more property on each of its lines.</summary>
    public static ILoggingAdapter WithContext(this ILoggingAdapter log, string propertyName, object? value) =>
        (log as BusLogging)?.With(propertyName, value)
        ?? throw new NotSupportedException($"A {log?.GetType().Name ?? "null"} carries no context.");

    private static void Log(
        ILoggingAdapter log, LogLevel level, Exception? cause, string format, ReadOnlySpan<object?> args)
    {
        if (log.IsEnabled(level) && args.IsEmpty)
        {
            log.Log(level, cause, format);
        }
        else if (log.IsEnabled(level))
        {
            log.Log(level, cause, new LogMessage(format, args.ToArray()));
        }
    }
}
