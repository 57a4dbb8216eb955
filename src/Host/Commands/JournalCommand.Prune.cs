using System.Collections.Immutable;
using System.CommandLine;
using DklActors.Host.Journals;
using DklActors.Host.Running;

namespace DklActors.Host.Commands;

/// <content><c>dkl journal prune</c>.</content>
internal sealed partial class JournalCommand
{
    private static Command Prune()
    {
        Argument<string> run = RunArgument();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only list what would be removed." };
        var command = new Command(
            "prune", "Remove files under frames/ and models/ that no event names; not while the run goes on.")
        {
            run, dryRun,
        };
        command.SetAction((parsed, _) => Boundary.RunAsync(
            () => Task.FromResult(Prune(parsed.GetValue(run)!, parsed.GetValue(dryRun)))));
        return command;
    }

    private static ExitCode Prune(string run, bool isDry)
    {
        using var folder = RunFolder.OpenExisting(run);
        ImmutableArray<UnnamedFile> files = new JournalPrune(folder).Find();
        foreach (UnnamedFile file in files)
        {
            Console.WriteLine($"{Path.GetRelativePath(folder.Root, file.Path)}  {ByteText.Of(file.Bytes)}");
        }

        if (!isDry)
        {
            JournalPrune.Remove(files);
        }

        string size = ByteText.Of(files.Sum(static file => file.Bytes));
        Console.WriteLine(files.IsEmpty
            ? $"{run}: an event names every file."
            : isDry ? $"{run}: {files.Length} files with {size} would be removed."
            : $"{run}: {files.Length} files with {size} removed.");
        return ExitCode.Done;
    }
}
