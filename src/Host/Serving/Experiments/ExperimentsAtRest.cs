using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Experiments;

/// <summary>Brings the experiments to rest before the server goes away, so that people see it happen.</summary>
internal sealed class ExperimentsAtRest(
    ExperimentRegistry experiments, ILogger<ExperimentsAtRest> log)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        log.LogInformation("Shutting down: every run ends at its next point");
        await experiments.ShutDownAsync().ConfigureAwait(false);
        log.LogInformation("All runs are at rest, their beams blanked, their journals closed");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
