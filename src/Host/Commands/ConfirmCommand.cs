using System.CommandLine;
using DklActors.Host.Confirming;

namespace DklActors.Host.Commands;

/// <summary><c>dkl confirm</c>: whether what a run found is a component of the data.</summary>
internal sealed class ConfirmCommand
{
    private const int MostComponents = 16;

    private readonly Argument<string> _run = new("RUN") { Description = "The folder of a run." };

    private readonly Option<int> _components = new("--components")
    {
        Description = "Number of components. Default: 4.",
        HelpName = "K",
        DefaultValueFactory = static _ => 4,
    };

    private readonly Option<bool> _measured = new("--measured-only")
    {
        Description = "Decompose the measured frames alone, though the data set or the simulation could give all.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the figures. Default: figures in the run's folder.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object as the last line; all else goes to standard error.",
    };

    public ConfirmCommand(TimeProvider time)
    {
        Command = new Command(
            "confirm", "Decompose all frames (NMF) and show which component goes with what the run found.")
        {
            _run, _components, _measured, _out, _json,
        };
        Command.SetAction((parsed, _) => Boundary.RunAsync(() => Task.FromResult(
            new ConfirmSession(RequestOf(parsed), time).Run())));
    }

    public Command Command { get; }

    private ConfirmRequest RequestOf(ParseResult parsed) => parsed.GetValue(_components) is >= 1 and <= MostComponents
        ? new ConfirmRequest(
            parsed.GetValue(_run)!, parsed.GetValue(_components), parsed.GetValue(_measured), parsed.GetValue(_out),
            parsed.GetValue(_json))
        : throw new UsageException(
            $"--components {parsed.GetValue(_components)}: give 1 to {MostComponents}.");
}
