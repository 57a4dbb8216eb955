using System.CommandLine;

namespace DklActors.Host.Commands;

/// <summary>The <c>dkl</c> command line.</summary>
internal static class DklCommand
{
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, TimeProvider time)
    {
        RunCommand run = new(time);
        var root = new RootCommand(
            "Automated experiments on electron microscopes by deep kernel learning. "
            + "Without a command: runs the sample experiment.")
        {
            run.Command,
            new CompareCommand(time).Command,
            new ReconstructCommand(time).Command,
            new JournalCommand(time).Command,
            new DataCommand(time).Command,
            new ReplayCommand(time).Command,
            new ScalarizeCommand(time).Command,
            new ConfirmCommand(time).Command,
            new WatchdogCommand(time).Command,
            new DoctorCommand(time).Command,
            new ServeCommand(time).Command,
            new TrainerCommand(time).Command,
        };
        foreach (Command command in new RemoteCommands().Commands)
        {
            root.Add(command);
        }

        root.SetAction((_, _) => run.RunSampleAsync());

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"dkl: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("dkl: see 'dkl --help'.").ConfigureAwait(false);
            return (int)ExitCode.WrongUse;
        }

        // Signals are ours: the first asks the run to stop at a point boundary, which may take as long as a dwell.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
    }
}
