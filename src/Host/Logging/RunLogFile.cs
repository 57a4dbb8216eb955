using System.Threading.Channels;
using DklActors.Actors.Metering;
using DklActors.Actors.Running;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace DklActors.Host.Logging;

/// <summary>
/// What the actors have to say, with the run's id on every line: <c>run.log</c> for people, <c>run.jsonl</c> for
/// machines, one object a line with the template and the properties by name.
/// </summary>
/// <remarks>
/// Whoever logs never waits and never fails: lines wait in a bounded queue for the task that writes them. A line that
/// finds it full, or a disk that refuses it, is counted; the first one is told, and their number is a line of the log
/// as soon as there is a log again.
/// </remarks>
internal sealed class RunLogFile : IAsyncDisposable
{
    private const string TextTemplate =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} [{RunId}] {Actor}: {Message:lj}{NewLine}{Exception}";

    private const string SourceName = "Source";
    private const string ActorName = "Actor";

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly string _runId;
    private readonly RunLogLevel _level;
    private readonly TimeProvider _time;
    private readonly MessageTemplateParser _parser = new();
    private readonly Logger _logger;
    private readonly BoundedLogFile[] _files;
    private readonly Channel<RunLogLine> _lines;
    private readonly Task _writing;
    private long _lost;
    private long _lostTold;
    private int _isFaulty;

    /// <param name="text">Path of the log for people.</param>
    /// <param name="json">Path of the log for machines.</param>
    /// <param name="runId">On every line.</param>
    /// <param name="level">Lines below it are left out.</param>
    /// <param name="bounds">How large it may grow.</param>
    /// <param name="time">The clock, for its zone.</param>
    public RunLogFile(
        string text, string json, string runId, RunLogLevel level, LogBounds bounds, TimeProvider time)
    {
        _runId = runId;
        _level = level;
        _time = time;
        _files =
        [
            new BoundedLogFile(text, new MessageTemplateTextFormatter(TextTemplate), bounds),
            new BoundedLogFile(json, new CompactJsonFormatter(), bounds),
        ];
        // An audit throws where a sink fails; otherwise nobody would know.
        _logger = new LoggerConfiguration().MinimumLevel.Verbose()
            .AuditTo.Sink(_files[0]).AuditTo.Sink(_files[1]).CreateLogger();
        _lines = Channel.CreateBounded<RunLogLine>(
            new BoundedChannelOptions(bounds.WaitingLines)
            {
                FullMode = BoundedChannelFullMode.DropWrite,
                SingleReader = true,
            },
            _ => Lose("the disk is too slow for it"));
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Told once, when the first line is lost, why; on any thread.</summary>
    public event Action<string>? Faulted;

    /// <summary>Lines that at least one of the two files does not have.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Write(RunLogLine line)
    {
        if (line.Level >= _level && !_lines.Writer.TryWrite(line))
        {
            Lose("it is closed");
        }
    }

    /// <summary>Writes what still waits, unless the disk hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(LastWords, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What is still in the queue is gone with the process; the files are the writing task's.
            return;
        }

        foreach (BoundedLogFile file in _files)
        {
            file.Dispose();
        }
    }

    private async Task WriteAllAsync()
    {
        await foreach (RunLogLine line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (TryWrite(line))
            {
                TellLost();
            }
        }
    }

    private bool TryWrite(RunLogLine line)
    {
        try
        {
            _logger.Write(EventOf(line));
            return true;
        }
        catch (Exception exception)
        {
            // A full disk, a folder that is gone: the run goes on without its log.
            Lose((exception as AggregateException)?.InnerException?.Message ?? exception.Message);
            return false;
        }
    }

    private void TellLost()
    {
        long lost = Lost;
        if (lost > _lostTold && TryWrite(new RunLogLine(
            _time.GetUtcNow(),
            RunLogLevel.Warning,
            "log",
            "{Lost} lines of the log were lost up to here",
            new Dictionary<string, object?> { ["Lost"] = lost },
            null)))
        {
            _lostTold = lost;
        }
    }

    private void Lose(string reason)
    {
        Interlocked.Increment(ref _lost);
        PipelineMetrics.CountLostLogLine(_runId);
        if (Interlocked.Exchange(ref _isFaulty, 1) == 0)
        {
            // Not on the thread of who logs: a terminal may hang.
            _ = Task.Run(() => Faulted?.Invoke($"The log loses lines: {reason.TrimEnd('.')}. The run goes on."));
        }
    }

    private LogEvent EventOf(RunLogLine line)
    {
        List<LogEventProperty> properties =
        [
            new LogEventProperty(RunLogLine.RunId, new ScalarValue(_runId)),
            new LogEventProperty(SourceName, new ScalarValue(line.Source)),
            new LogEventProperty(ActorName, new ScalarValue(ActorOf(line.Source))),
        ];
        foreach ((string name, object? value) in line.Properties)
        {
            if (name is not (RunLogLine.RunId or SourceName or ActorName) && LogEventProperty.IsValidName(name))
            {
                properties.Add(PropertyOf(name, value));
            }
        }

        return new LogEvent(
            TimeZoneInfo.ConvertTime(line.Time, _time.LocalTimeZone),
            LevelOf(line.Level),
            Showable(line.Cause),
            _parser.Parse(line.Template),
            properties);
    }

    /// <summary>The last name of a path; the experiment's without the run's id, which the line has anyway.</summary>
    private string ActorOf(string source)
    {
        // A name may be followed by the system that it belongs to, "name (akka://dkl)".
        source = source.Split(" (")[0];
        string name = source[(source.LastIndexOf('/') + 1)..];
        return name.Replace($"-{_runId}", string.Empty, StringComparison.Ordinal);
    }

    // Whose text cannot be had costs its value, not the line.
    private LogEventProperty PropertyOf(string name, object? value)
    {
        try
        {
            object? shown = value is Enum ? value.ToString() : value;
            return _logger.BindProperty(name, shown, destructureObjects: false, out LogEventProperty? bound)
                ? bound
                : new LogEventProperty(name, new ScalarValue(null));
        }
        catch (Exception exception)
        {
            return new LogEventProperty(
                name, new ScalarValue($"<{value?.GetType().Name} has no text: {exception.GetType().Name}>"));
        }
    }

    private static Exception? Showable(Exception? cause)
    {
        try
        {
            _ = cause?.ToString();
            return cause;
        }
        catch (Exception exception)
        {
            return new InvalidOperationException(
                $"{cause!.GetType().Name}, which has no text: {exception.GetType().Name}");
        }
    }

    private static LogEventLevel LevelOf(RunLogLevel level) => level switch
    {
        RunLogLevel.Error => LogEventLevel.Error,
        RunLogLevel.Warning => LogEventLevel.Warning,
        RunLogLevel.Information => LogEventLevel.Information,
        _ => LogEventLevel.Debug,
    };
}
