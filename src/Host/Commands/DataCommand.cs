using System.CommandLine;

namespace DklActors.Host.Commands;

/// <summary><c>dkl data</c>: make data sets.</summary>
internal sealed partial class DataCommand
{
    private readonly TimeProvider _time;

    public DataCommand(TimeProvider time)
    {
        _time = time;
        Command = new Command("data", "Make data sets.") { Simulate() };
    }

    public Command Command { get; }
}
