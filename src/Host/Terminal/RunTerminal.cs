using DklActors.Actors.Running;
using DklActors.Host.Composition;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using Spectre.Console;

namespace DklActors.Host.Terminal;

/// <summary>What a person sees of a run.</summary>
internal abstract class RunTerminal
{
    /// <summary>A live view on a terminal, lines where output goes to a file or is JSON.</summary>
    public static RunTerminal For(bool json, RunLog log, TimeProvider time) =>
        new ShieldedTerminal(Unshielded(json, time), log, time);

    public abstract void Begin(Experiment experiment, string folder);

    /// <summary>Shows progress until the run is over.</summary>
    public abstract Task FollowAsync(Func<RunProgress> progress, Task run);

    /// <summary>A word in between.</summary>
    public abstract void Say(string message);

    public abstract void End(RunSummary summary, IReadOnlyList<string> figures);

    private static RunTerminal Unshielded(bool json, TimeProvider time)
    {
        if (json)
        {
            return new PlainTerminal(Console.Error, Console.Out, time);
        }

        return AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? new LiveTerminal(AnsiConsole.Console, time)
            : new PlainTerminal(Console.Out, null, time);
    }
}
