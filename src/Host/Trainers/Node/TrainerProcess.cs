using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Host.Serving;
using DklActors.Journal.Files;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace DklActors.Host.Trainers.Node;

/// <summary>
/// <c>dkl trainer</c> from its start to its end. The first signal lets what runs come to its end, the second gives it
/// to other nodes at once.
/// </summary>
internal static class TrainerProcess
{
    public static async Task<ExitCode> RunAsync(
        TrainerNodeOptions options, string? logs, RunLogLevel level, TimeProvider time)
    {
        ThreadFloor.Raise();
        var configuration = new LoggerConfiguration();
        DaemonLog.Configure(configuration, logs, level);
        using var factory = new SerilogLoggerFactory(configuration.CreateLogger(), dispose: true);
        ILogger<TrainerNode> log = factory.CreateLogger<TrainerNode>();
        var engines = new LocalEngines(options.Device, options.Capacity);
        await using var node = new TrainerNode(
            options, new Guid(RandomNumberGenerator.GetBytes(16)), ProvenanceReader.SoftwareVersion, engines,
            LocalFiles.Instance, time, log);

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var atOnce = new CancellationTokenSource();
        using PosixSignalRegistration onInterrupt = Handle(PosixSignal.SIGINT, Ask);
        using PosixSignalRegistration onTerminate = Handle(PosixSignal.SIGTERM, Ask);
        node.Start();
        await Console.Out.WriteLineAsync(
            $"Trainer    {options.Name}, {options.Device}, {options.Capacity} at a time, {engines.Identity}\n"
            + $"Broker     {options.Broker}\n"
            + "Ctrl+C lets what runs come to its end; once more gives it to other nodes.").ConfigureAwait(false);
        await asked.Task.ConfigureAwait(false);
        await node.LeaveAsync(atOnce.Token).ConfigureAwait(false);
        return ExitCode.Done;

        void Ask()
        {
            if (!asked.TrySetResult())
            {
                atOnce.Cancel();
            }
        }
    }

    private static PosixSignalRegistration Handle(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            act();
        });
}
