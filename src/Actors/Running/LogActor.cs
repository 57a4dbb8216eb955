using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Metering;

namespace DklActors.Actors.Running;

/// <summary>
/// Hands the actor system's log events, and the messages that reached nobody, to whoever keeps the log: with the id
/// of the run on every line, and that of the point on every line about one.
/// </summary>
/// <remarks>
/// Actors that log only tell this one and never wait; its mailbox is bounded and its drops are counted.
/// </remarks>
internal sealed class LogActor : ReceiveActor
{
    private readonly RunLog _log;
    private readonly string _runId;
    private readonly TimeProvider _time;

    public LogActor(RunLog log, string runId, TimeProvider time)
    {
        _log = log;
        _runId = runId;
        _time = time;
        Receive<LogEvent>(Write);
        Receive<UnhandledMessage>(letter => Write(
            RunLogLevel.Warning, letter, "{Recipient} does not understand {Message} from {Sender}"));
        Receive<DeadLetter>(letter => Write(
            RunLogLevel.Information, letter, "{Message} from {Sender} did not reach {Recipient}"));
    }

    /// <summary>Everything that it wants to hear of.</summary>
    public static void Subscribe(ActorSystem system, IActorRef log)
    {
        system.EventStream.Subscribe(log, typeof(LogEvent));
        system.EventStream.Subscribe(log, typeof(UnhandledMessage));
        system.EventStream.Subscribe(log, typeof(DeadLetter));
    }

    public static LogLevel LevelOf(RunLogLevel level) => level switch
    {
        RunLogLevel.Error => LogLevel.ErrorLevel,
        RunLogLevel.Warning => LogLevel.WarningLevel,
        RunLogLevel.Information => LogLevel.InfoLevel,
        _ => LogLevel.DebugLevel,
    };

    private void Write(LogEvent written)
    {
        RunLogLevel level = written switch
        {
            Error => RunLogLevel.Error,
            Warning => RunLogLevel.Warning,
            Info => RunLogLevel.Information,
            _ => RunLogLevel.Debug,
        };
        // A text without arguments is no template, whatever braces are in it.
        string template = written.Message is LogMessage
            ? written.GetTemplate()
            : written.GetTemplate().Replace("{", "{{").Replace("}", "}}");
        ImmutableDictionary<string, object?>.Builder properties = Nothing.ToBuilder();
        if (written.TryGetProperties(out var known) && known is not null)
        {
            foreach (var property in known)
            {
                properties[property.Key] = property.Value;
            }
        }

        var time = new DateTimeOffset(DateTime.SpecifyKind(written.Timestamp, DateTimeKind.Utc));
        ImmutableDictionary<string, object?> all = WithRunId(properties.ToImmutable());
        Write(new RunLogLine(time, level, written.LogSource, template, all, written.Cause));
    }

    private void Write(RunLogLevel level, AllDeadLetters letter, string template)
    {
        if (LevelOf(level) < Context.System.EventStream.LogLevel)
        {
            return;
        }

        ImmutableDictionary<string, object?> properties = Nothing
            .Add("Message", letter.Message.GetType().Name)
            .Add("Sender", letter.Sender?.Path.ToStringWithoutAddress())
            .Add("Recipient", letter.Recipient?.Path.ToStringWithoutAddress());
        if (letter.Message is IAboutPoint about)
        {
            properties = properties.Add(RunLogLine.Point, about.Point);
            template = $"Point {{{RunLogLine.Point}}}: {template}";
        }

        Write(new RunLogLine(_time.GetUtcNow(), level, "dead letters", template, WithRunId(properties), null));
    }

    private void Write(RunLogLine line)
    {
        try
        {
            _log(line);
        }
        catch (Exception)
        {
            // A log that fails is nobody's fault who logs, and to log that it does would not end.
            PipelineMetrics.CountLostLogLine(_runId);
        }
    }

    private ImmutableDictionary<string, object?> WithRunId(ImmutableDictionary<string, object?> properties) =>
        properties.SetItem(RunLogLine.RunId, _runId);

    private static ImmutableDictionary<string, object?> Nothing => ImmutableDictionary<string, object?>.Empty;
}
