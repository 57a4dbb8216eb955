namespace DklActors.Actors.Running;

/// <summary>Hands the actor system's log events to whoever keeps the log.</summary>
internal sealed class LogActor : ReceiveActor
{
    public LogActor(RunLog log)
    {
        Receive<LogEvent>(written => log(
            written switch
            {
                Error => RunLogLevel.Error,
                Warning => RunLogLevel.Warning,
                Info => RunLogLevel.Information,
                _ => RunLogLevel.Debug,
            },
            written.LogSource,
            written.Message.ToString() ?? string.Empty,
            written.Cause));
    }
}
