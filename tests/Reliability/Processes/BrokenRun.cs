using DklActors.Messages.Events;
using DklActors.Reliability.Campaigns;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Invariants;

namespace DklActors.Reliability.Processes;

/// <summary>A small run in a temporary folder, for a test that breaks it in its own way.</summary>
internal sealed class BrokenRun : IDisposable
{
    public const int Points = 7;

    private int _process;

    public BrokenRun(TimeSpan dwell, TimeSpan longest)
    {
        Folder = new VictimFolder(Directory.CreateTempSubdirectory("dkl-broken-").FullName);
        Settings = new RunSettings(3, Points, dwell, longest);
        Register = ColumnRegister.Open(Folder.Column);
    }

    public VictimFolder Folder { get; }

    public RunSettings Settings { get; }

    /// <summary>The electron column.</summary>
    public ColumnRegister Register { get; }

    public IEnumerable<T> Events<T>()
        where T : JournalEvent => Evidence.Of(Folder).Events.Select(stored => stored.Event).OfType<T>();

    /// <summary>Starts, or takes up, the run.</summary>
    public VictimProcess Start(Func<VictimArguments, VictimArguments>? change = null)
    {
        var arguments = new VictimArguments(Folder.Root, ++_process)
        {
            Set = Settings.Overrides,
            Resume = Folder.HoldsRun,
        };
        return VictimProcess.Start(change is null ? arguments : change(arguments));
    }

    /// <summary>Starts, or takes up, the run, and waits for the end of the process.</summary>
    public async Task<VictimProcess> RunAsync(Func<VictimArguments, VictimArguments>? change = null)
    {
        VictimProcess victim = Start(change);
        await victim.EndAsync();
        return victim;
    }

    /// <summary>Requires what holds whenever no process lives.</summary>
    public void RequirePromises()
    {
        new Promises(RunSettings.Current).BrokenIn(Evidence.Of(Folder)).Should().BeEmpty();
        Register.IsOn.Should().BeFalse();
    }

    /// <summary>Requires that the run is complete.</summary>
    public void RequireCompletion()
    {
        RequirePromises();
        Promises.BrokenAtTheEnd(Evidence.Of(Folder), Points).Should().BeEmpty();
    }

    public void Dispose()
    {
        Register.Dispose();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
