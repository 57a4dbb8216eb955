using DklActors.Actors.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace DklActors.Host.Serving;

/// <summary>
/// The log of a daemon or a node: on the console, and in files of a day each, of which a month is kept.
/// </summary>
internal static class DaemonLog
{
    private const long LargestFile = 64 * 1024 * 1024;
    private const int DaysKept = 31;

    public static void Add(WebApplicationBuilder builder, DataFolder data, RunLogLevel level) =>
        builder.Services.AddSerilog(
            configuration => Configure(configuration, data.Logs, level), preserveStaticLogger: true);

    /// <param name="configuration">Is set up.</param>
    /// <param name="folder">Of the files; null for none.</param>
    /// <param name="level">Lines below it are left out.</param>
    public static void Configure(LoggerConfiguration configuration, string? folder, RunLogLevel level)
    {
        configuration
            .MinimumLevel.Is(LevelOf(level))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(
                outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        if (folder is not null)
        {
            configuration.WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(folder, "dkl-.jsonl"),
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                fileSizeLimitBytes: LargestFile,
                retainedFileCountLimit: DaysKept);
        }
    }

    private static LogEventLevel LevelOf(RunLogLevel level) => level switch
    {
        RunLogLevel.Debug => LogEventLevel.Debug,
        RunLogLevel.Information => LogEventLevel.Information,
        RunLogLevel.Warning => LogEventLevel.Warning,
        _ => LogEventLevel.Error,
    };
}
