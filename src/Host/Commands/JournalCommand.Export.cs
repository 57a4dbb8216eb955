using System.CommandLine;
using DklActors.Host.Composition;
using DklActors.Host.Journals;

namespace DklActors.Host.Commands;

/// <content><c>dkl journal export</c>.</content>
internal sealed partial class JournalCommand
{
    private static Command Export()
    {
        Argument<string> run = RunArgument();
        string formats = string.Join(", ", Enum.GetValues<ExportFormat>().Select(Words.Kebab));
        var format = new Option<string>("--format")
        {
            Description = $"One of {formats}.",
            HelpName = "FORMAT",
            Required = true,
        };
        var path = new Option<string?>("--out")
        {
            Description = "The file to write. Default: one in RUN/exports.",
            HelpName = "PATH",
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var signalType = new Option<string?>("--signal-type")
        {
            Description = "With --format hspy: HyperSpy's type of the signal, such as EELS. Default: a plain signal.",
            HelpName = "TYPE",
        };
        var command = new Command(
            "export", "Write what was measured and decided for other software; the run may be going on.")
        {
            run, format, path, force, signalType,
        };
        command.SetAction((parsed, _) => Boundary.RunAsync(() =>
        {
            string name = parsed.GetValue(format)!;
            ExportFormat[] chosen = [.. Enum.GetValues<ExportFormat>().Where(known => Words.Kebab(known) == name)];
            if (chosen.Length == 0)
            {
                throw new UsageException($"--format {name}: choose one of {formats}.");
            }

            string? type = parsed.GetValue(signalType);
            if (type is not null && chosen[0] != ExportFormat.Hspy)
            {
                throw new UsageException("--signal-type belongs to --format hspy.");
            }

            Console.WriteLine(new JournalExport(new ExportRequest(
                parsed.GetValue(run)!, chosen[0], parsed.GetValue(path), parsed.GetValue(force), type ?? string.Empty))
                .Run());
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }
}
