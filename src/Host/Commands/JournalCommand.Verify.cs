using System.CommandLine;
using DklActors.Host.Journals;
using DklActors.Host.Running;
using DklActors.Journal.Storage;

namespace DklActors.Host.Commands;

/// <content><c>dkl journal verify</c>.</content>
internal sealed partial class JournalCommand
{
    private static Command Verify()
    {
        Argument<string> run = RunArgument();
        Option<bool> json = JsonOption("Print one JSON object with the result.");
        var command = new Command("verify", "Check the chain of all events and every content; the run may be going on.")
        {
            run, json,
        };
        command.SetAction((parsed, _) => Boundary.RunAsync(
            () => Task.FromResult(Verify(parsed.GetValue(run)!, parsed.GetValue(json)))));
        return command;
    }

    private static ExitCode Verify(string run, bool asJson)
    {
        ChainReport report = ReportOf(run);
        if (asJson)
        {
            PrintJson(new { run, report.Events, report.Contents, Intact = report.IsIntact, Fault = report.FirstFault });
        }
        else
        {
            Console.WriteLine(report.IsIntact
                ? $"{run}: {report.Events} events and {report.Contents} contents, all intact."
                : $"{run}: not intact. {report.FirstFault} "
                    + $"{report.Events} events and {report.Contents} contents before it are intact.");
        }

        return report.IsIntact ? ExitCode.Done : ExitCode.RunFailed;
    }

    // A file that cannot even be opened is a fault like any other.
    private static ChainReport ReportOf(string run)
    {
        try
        {
            return RunJournal.OpenForReading(run).Verify();
        }
        catch (JournalException exception)
        {
            return new ChainReport(0, 0, exception.Message);
        }
    }
}
