using DklActors.Actors.Running;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace DklActors.Host.Running;

/// <summary><c>run.log</c>: what the actors have to say, with the run's id on every line.</summary>
internal sealed class RunLogFile : IDisposable
{
    private const string Template =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} [{RunId}] {Source}: {Message:lj}{NewLine}{Exception}";

    private readonly Logger _logger;

    public RunLogFile(string path, string runId) => _logger = new LoggerConfiguration()
        .MinimumLevel.Debug()
        .Enrich.WithProperty("RunId", runId)
        .WriteTo.File(path, outputTemplate: Template)
        .CreateLogger();

    public void Write(RunLogLevel level, string source, string message, Exception? cause) =>
        _logger.ForContext("Source", source).Write(LevelOf(level), cause, "{Text:l}", message);

    public void Dispose() => _logger.Dispose();

    private static LogEventLevel LevelOf(RunLogLevel level) => level switch
    {
        RunLogLevel.Error => LogEventLevel.Error,
        RunLogLevel.Warning => LogEventLevel.Warning,
        RunLogLevel.Information => LogEventLevel.Information,
        _ => LogEventLevel.Debug,
    };
}
