using DklActors.Host.Commands;
using DklActors.Host.Running;
using DklActors.Instruments.Virtual;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Journals;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Processes;

/// <summary>
/// The process that is broken: <c>dkl run</c>, composed by the same code, with something between its ports and the
/// world that lets it die at a named moment.
/// </summary>
internal static class Victim
{
    // Small runs are to be taken up from kept states as long ones are.
    private const int FirstSnapshot = 20;

    private const string Sample = "samples/nanoparticles.yaml";

    public static async Task<int> RunAsync(VictimArguments arguments)
    {
        var folder = new VictimFolder(arguments.Folder);
        using var witness = new Witness(folder.Witness, arguments.Process);
        using ColumnRegister register = ColumnRegister.Open(folder.Column);
        register.Acknowledged = 0;
        register.Driver = arguments.Process;
        if (arguments.MostPages > 0)
        {
            SqliteLimits.KeepEveryDatabaseBelow(arguments.MostPages);
        }

        var failpoint = new ArmedFailpoint(arguments.Failpoint, arguments.Passing, witness);
        var wiring = new RunWiring
        {
            Microscope = it => new WitnessedMicroscope((VirtualMicroscope)it, register, failpoint, witness),
            Journal = it => new WitnessedStore(it, failpoint, witness, register),
            Settings = it => it with { FirstSnapshot = FirstSnapshot },
            Files = new WitnessedFiles(failpoint, new FullDisk(arguments.FullAt, arguments.Passing)),
        };
        var request = new RunRequest(
            Path.Combine(AppContext.BaseDirectory, Sample),
            arguments.Resume ? null : folder.Run,
            arguments.Resume ? folder.Run : null,
            arguments.Resume ? [] : [.. arguments.Set.Select(PairOf)],
            Json: true);
        TimeProvider time = arguments.ClockJumpDays == 0
            ? TimeProvider.System
            : new JumpingClock(arguments.ClockJumpDays);
        return await Boundary.RunAsync(() => new RunSession(request, time, wiring).RunAsync()).ConfigureAwait(false);
    }

    private static (string Key, string Value) PairOf(string text)
    {
        string[] parts = text.Split('=', 2);
        return (parts[0], parts[1]);
    }
}
