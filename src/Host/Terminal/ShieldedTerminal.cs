using DklActors.Actors.Running;
using DklActors.Host.Composition;
using DklActors.Host.Reporting;
using DklActors.Host.Running;

namespace DklActors.Host.Terminal;

/// <summary>
/// A terminal whose loss is logged and ends nothing: when the connection to a person breaks, and with it the signal
/// SIGHUP comes, the run still has to be stopped in good order.
/// </summary>
internal sealed class ShieldedTerminal(RunTerminal inner, RunLog log, TimeProvider time) : RunTerminal
{
    public override void Begin(Experiment experiment, string folder) => Shield(() => inner.Begin(experiment, folder));

    public override async Task FollowAsync(Func<RunProgress> progress, Task run)
    {
        try
        {
            await inner.FollowAsync(progress, run).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Note(exception);
            await Task.WhenAny(run).ConfigureAwait(false);
        }
    }

    public override void Say(string message) => Shield(() => inner.Say(message));

    public override void End(RunSummary summary, IReadOnlyList<string> figures) =>
        Shield(() => inner.End(summary, figures));

    private void Shield(Action show)
    {
        try
        {
            show();
        }
        catch (Exception exception)
        {
            Note(exception);
        }
    }

    private void Note(Exception exception) => log(new RunLogLine(
        time.GetUtcNow(),
        RunLogLevel.Warning,
        "terminal",
        "The terminal is lost: {Reason}",
        new Dictionary<string, object?> { ["Reason"] = exception.Message },
        exception));
}
