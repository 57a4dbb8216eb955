using System.CommandLine;

namespace DklActors.Host.Commands;

/// <summary><c>dkl data</c>: look into data files and convert them.</summary>
internal sealed partial class DataCommand
{
    public DataCommand() => Command = new Command("data", "Show what is in a data file, and convert it.")
    {
        Info(), Convert(),
    };

    public Command Command { get; }
}
