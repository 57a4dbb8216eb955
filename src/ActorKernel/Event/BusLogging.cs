namespace DklActors.ActorKernel.Event;

/// <summary>Publishes log events on the event stream and hands them to the sink of the settings.</summary>
internal sealed class BusLogging(
    ActorSystem system, string logSource, Type logClass, ImmutableDictionary<string, object?>? context = null)
    : ILoggingAdapter
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= system.EventStream.LogLevel;

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message) => Notify(logLevel, cause, message);

    public void Log(LogLevel logLevel, Exception? cause, string format) => Notify(logLevel, cause, format);

    public BusLogging With(string name, object? value) => new(
        system, logSource, logClass, (context ?? ImmutableDictionary<string, object?>.Empty).SetItem(name, value));

    private void Notify(LogLevel level, Exception? cause, object message)
    {
        LogEvent written = Stamp(level switch
        {
            LogLevel.DebugLevel => new Debug(cause, logSource, logClass, message),
            LogLevel.InfoLevel => new Info(cause, logSource, logClass, message),
            LogLevel.WarningLevel => new Warning(cause, logSource, logClass, message),
            _ => new Error(cause, logSource, logClass, message),
        });
        system.EventStream.Publish(written);
        try
        {
            system.Settings.LogSink?.Invoke(written);
        }
        catch (Exception exception)
        {
            // A broken sink must not fail the actor that logs, least of all a supervisor at work.
            system.EventStream.Publish(
                Stamp(new Error(exception, logSource, typeof(BusLogging), "The log sink failed.")));
        }
    }

    private LogEvent Stamp(LogEvent written)
    {
        written.Timestamp = system.Settings.TimeProvider.GetUtcNow().UtcDateTime;
        written.Context = context;
        return written;
    }
}
