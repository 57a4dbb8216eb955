using DklActors.Host.Serving.Experiments;
using DklActors.Host.Supervising;
using Microsoft.Extensions.Hosting;

namespace DklActors.Host.Serving;

/// <summary>
/// Tells systemd, where that started the daemon, that it is ready, that it lives and that it ends. It lives as long as
/// whatever blanks a beam in time does.
/// </summary>
internal sealed class SignsOfLife(ExperimentRegistry experiments, TimeProvider time) : BackgroundService
{
    private readonly ServiceNotifier _notifier = ServiceNotifier.FromEnvironment();

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _notifier.Stopping();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pulses = new PulseMonitor(() => experiments.Live.Select(static entry => entry.Live?.Runner.Pulse)
            .OfType<Actors.Interlock.IBeamPulse>());
        _notifier.Ready("The daemon listens; experiments go on.");
        await _notifier.KeepAliveAsync(pulses.Look, time, stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
