using System.CommandLine;
using DklActors.Host.Previewing;

namespace DklActors.Host.Commands;

/// <summary><c>dkl scalarize</c>: previews a scalarizer on a data file.</summary>
internal sealed class ScalarizeCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A data file with a spectrum, spectra on a grid, or diffraction patterns.",
    };

    private readonly Option<string[]> _with = new("--with")
    {
        Description = "A key of a recipe's scalarizer section and its value, as often as needed: --with kind=band-sum "
            + "--with \"window=455 eV .. 475 eV\".",
        HelpName = "KEY=VALUE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _array = new("--array")
    {
        Description = "The array of the frames, as 'dkl data info' names it. Default: data, or the largest.",
        HelpName = "NAME",
    };

    private readonly Option<double> _countsPerUnit = new("--counts-per-unit")
    {
        Description = "Stored value of one detected electron or photon, as in a recipe; normalised data need it. "
            + "Default: 1.",
        HelpName = "VALUE",
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the figures. Default: FILE-KIND.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object as the last line; all else goes to standard error.",
    };

    public ScalarizeCommand(TimeProvider time)
    {
        Command = new Command(
            "scalarize", "Show what a scalarizer makes of a data file: map, histogram, and what it looks at.")
        {
            _file, _with, _array, _countsPerUnit, _out, _json,
        };
        Command.SetAction((parsed, token) => Boundary.RunAsync(() => Task.FromResult(
            new PreviewSession(RequestOf(parsed), time).Run(token))));
    }

    public Command Command { get; }

    private PreviewRequest RequestOf(ParseResult parsed) => new(
        parsed.GetValue(_file)!,
        parsed.GetValue(_array),
        [.. (parsed.GetValue(_with) ?? []).Select(PairOf)],
        parsed.GetValue(_countsPerUnit) is var unit and > 0 && double.IsFinite(unit)
            ? unit
            : throw new UsageException($"--counts-per-unit {parsed.GetValue(_countsPerUnit)}: give a positive number."),
        parsed.GetValue(_out),
        parsed.GetValue(_json));

    private static (string Key, string Value) PairOf(string text) => text.IndexOf('=') is > 0 and int at
        ? (text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new UsageException($"--with {text}: write KEY=VALUE, such as kind=band-sum.");
}
