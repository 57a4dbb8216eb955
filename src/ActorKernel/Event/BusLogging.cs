namespace DklActors.ActorKernel.Event;

/// <summary>Publishes log events on the event stream and hands them to the sink of the settings.</summary>
internal sealed class BusLogging(ActorSystem system, string logSource, Type logClass) : ILoggingAdapter
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= system.Settings.LogLevel;

    public void Log(LogLevel logLevel, Exception? cause, string format, params object?[] args)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = args is { Length: > 0 } ? string.Format(format, args) : format;
        var now = system.Settings.TimeProvider.GetUtcNow().UtcDateTime;
        LogEvent written = logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, now, logSource, logClass, message),
            LogLevel.InfoLevel => new Info(cause, now, logSource, logClass, message),
            LogLevel.WarningLevel => new Warning(cause, now, logSource, logClass, message),
            _ => new Error(cause, now, logSource, logClass, message),
        };
        system.EventStream.Publish(written);
        try
        {
            system.Settings.LogSink?.Invoke(written);
        }
        catch (Exception exception)
        {
            // A broken sink must not fail the actor that logs, least of all a supervisor at work.
            system.EventStream.Publish(
                new Error(exception, now, logSource, typeof(BusLogging), "The log sink failed."));
        }
    }
}
