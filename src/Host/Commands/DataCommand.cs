using System.CommandLine;

namespace DklActors.Host.Commands;

/// <summary><c>dkl data</c>: look into data files, convert them, and make simulated ones.</summary>
internal sealed partial class DataCommand
{
    private readonly TimeProvider _time;

    public DataCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("data", "Show what is in a data file, convert it, or simulate one.")
        {
            Info(), Convert(), Simulate(),
        };
    }

    public Command Command { get; }
}
