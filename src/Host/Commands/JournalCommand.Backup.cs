using System.CommandLine;
using DklActors.Host.Journals;

namespace DklActors.Host.Commands;

/// <content><c>dkl journal backup</c>.</content>
internal sealed partial class JournalCommand
{
    private static Command Backup()
    {
        Argument<string> run = RunArgument();
        var destination = new Argument<string>("DEST")
        {
            Description = "Folder for the copy: a new one, or that of an earlier copy, which is brought up to date.",
        };
        Option<bool> json = JsonOption("Print one JSON object with the result.");
        var command = new Command(
            "backup", "Copy journal, contents and recipe, also while the run goes on, and verify the copy.")
        {
            run, destination, json,
        };
        command.SetAction((parsed, token) => Boundary.RunAsync(() => Task.FromResult(
            Backup(parsed.GetValue(run)!, parsed.GetValue(destination)!, parsed.GetValue(json), token))));
        return command;
    }

    private static ExitCode Backup(string run, string destination, bool asJson, CancellationToken cancellationToken)
    {
        BackupOutcome outcome = new JournalBackup(run, destination).Run(cancellationToken);
        (var report, var contents) = outcome;
        if (asJson)
        {
            PrintJson(new
            {
                run, destination, report.Events, report.Contents, contents.Copied, contents.Kept, contents.Bytes,
                Intact = report.IsIntact, Fault = report.FirstFault,
            });
        }
        else
        {
            Console.WriteLine(
                $"{contents.Copied} contents copied ({ByteText.Of(contents.Bytes)}), {contents.Kept} were there.");
            Console.WriteLine(report.IsIntact
                ? $"{destination}: {report.Events} events and {report.Contents} contents, all intact."
                : $"{destination}: the copy is not intact and was not finished. {report.FirstFault} Verify the run; "
                    + "where the run is intact, remove the damaged file from the copy and repeat.");
        }

        return report.IsIntact ? ExitCode.Done : ExitCode.RunFailed;
    }
}
