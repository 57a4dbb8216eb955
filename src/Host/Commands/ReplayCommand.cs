using System.CommandLine;
using DklActors.Host.Replaying;

namespace DklActors.Host.Commands;

/// <summary><c>dkl replay</c>: derives a run again, shows it as it was, or as it would have been.</summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = "The folder of a run." };

    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Check the chain; derive every scalar, model and decision again and name the first divergence.",
    };

    private readonly Option<long?> _at = new("--at")
    {
        Description = "State and maps as they were after the event of this number.",
        HelpName = "SEQ",
    };

    private readonly Option<string[]> _whatIf = new("--what-if")
    {
        Description = "What another choice would have said, and where it would have gone: scalarizer=…, acquisition=…, "
            + "model=… or any key of the recipe. May be repeated.",
        HelpName = "key=value",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _measuredOnly = new("--measured-only")
    {
        Description = "With --what-if: look at what was measured, and do not run the other choice to its end.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the figures. Default: one under RUN/figures.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the outcome as one JSON object on the last line.",
    };

    private readonly TimeProvider _time;

    public ReplayCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command(
            "replay", "Derive a run again from its journal, show it as it was, or as it would have been.")
        {
            _run, _verify, _at, _whatIf, _measuredOnly, _out, _json,
        };
        Command.SetAction((parsed, token) => Boundary.RunAsync(() => ReplayAsync(parsed, token)));
    }

    public Command Command { get; }

    private async Task<ExitCode> ReplayAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] changes = parsed.GetValue(_whatIf)!;
        long? at = parsed.GetValue(_at);
        bool verify = parsed.GetValue(_verify);
        int asked = (verify ? 1 : 0) + (at is null ? 0 : 1) + (changes.Length > 0 ? 1 : 0);
        if (asked != 1)
        {
            throw new UsageException("replay: give one of --verify, --at SEQ and --what-if key=value.");
        }

        var run = RecordedRun.Open(parsed.GetValue(_run)!, _time);
        string? folder = parsed.GetValue(_out);
        bool json = parsed.GetValue(_json);
        if (verify)
        {
            return await new VerifySession(run, json, _time).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return at is { } sequence
            ? new StateSession(run, sequence, folder, json).Run()
            : await new WhatIfSession(
                run, WhatIfChanges.Parse(changes), parsed.GetValue(_measuredOnly), folder, json, _time)
                .RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
