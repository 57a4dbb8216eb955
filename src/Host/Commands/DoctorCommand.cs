using System.CommandLine;
using System.Text.Json;
using DklActors.Host.Diagnosing;
using DklActors.Host.Remote;
using DklActors.Host.Serving;

namespace DklActors.Host.Commands;

/// <summary><c>dkl doctor</c>: what is wrong with an installation or a run, and what to do about it.</summary>
internal sealed class DoctorCommand
{
    private readonly Argument<string?> _run = new("RUN")
    {
        Description = "The folder of a run. Without it: the installation and the daemon.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of the daemon.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DataFolder.Default,
    };

    private readonly Option<string?> _bundle = new("--bundle")
    {
        Description = "Also write a zip for a bug report: versions, logs, events; no frames, tokens, passwords.",
        HelpName = "FILE.zip",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the findings as one JSON array." };

    private readonly TimeProvider _time;

    public DoctorCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("doctor", "Check the installation, the daemon or a run, and say what to do.")
        {
            _run, _data, _bundle, _json,
        };
        Command.SetAction((parsed, token) => Boundary.RunAsync(() => RunAsync(parsed, token)));
    }

    public Command Command { get; }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string data = parsed.GetValue(_data)!;
        string? run = parsed.GetValue(_run);
        List<Finding> findings = [.. MachineChecks.Run(_time)];
        if (run is null)
        {
            findings.AddRange(FolderChecks.Run(data, _time));
            findings.AddRange(await DaemonChecks.RunAsync(data, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            findings.AddRange(RunChecks.Run(run));
        }

        if (parsed.GetValue(_json))
        {
            Console.WriteLine(JsonSerializer.Serialize(findings, DoctorJson.Options));
        }
        else
        {
            FindingsText.Print(findings);
        }

        if (parsed.GetValue(_bundle) is { } bundle)
        {
            new DiagnosisBundle(Path.GetFullPath(data), run).Write(bundle, findings);
            await Console.Error.WriteLineAsync(
                $"dkl: {Path.GetFullPath(bundle)} is for the bug report; look into it first.").ConfigureAwait(false);
        }

        return findings.Any(static finding => finding.Verdict == Verdict.Trouble) ? ExitCode.RunFailed : ExitCode.Done;
    }
}
