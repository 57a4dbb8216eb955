using DklActors.Actors.Drifting;
using DklActors.Actors.Placing;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Virtual;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Placing;

/// <summary>A laboratory with a stage, and an experiment that is measured at a place of it.</summary>
internal sealed class PlacedLaboratory : IAsyncDisposable
{
    public static readonly StagePosition Place = StagePosition.OfNanometres(1200, -400);

    public PlacedLaboratory(DriftSettings? drift = null)
    {
        Laboratory = new Laboratory(drift: SampleDrift.None, surveyNoise: drift is null ? 0 : 0.05);
        Scope = new FaultyMicroscope(Laboratory.Microscope) { SampleStage = Stage };
        Laboratory.Scope = Scope;
        Laboratory.Settings = Laboratory.Settings with
        {
            Place = new PlaceSettings(Place, new Nanometre(50), TimeSpan.Zero, TimeSpan.FromSeconds(30), 2),
            Drift = drift,
        };
    }

    public Laboratory Laboratory { get; }

    public TestStage Stage { get; } = new();

    public FaultyMicroscope Scope { get; }

    /// <summary>Events of the process that ran last.</summary>
    public JournalEvent[] Events => [.. Laboratory.Diary.Events.Select(stored => stored.Event)];

    public Task<ExperimentOutcome> RunAsync(Action<ExperimentRunner>? prepare = null) => Laboratory.RunAsync(prepare);

    /// <summary>Runs until the first append with an event of a kind, which never becomes durable: a process that died.
    /// </summary>
    public async Task DieBeforeAsync<T>(int count = 1)
        where T : JournalEvent
    {
        int seen = 0;
        Laboratory.Wrap = store => new InterceptedStore(store)
        {
            OnAppend = request => request.Events.OfType<T>().Any() && ++seen == count
                ? throw new JournalException("power cut")
                : Task.CompletedTask,
        };
        (await RunAsync()).Fault.Should().Contain("power cut");
        Laboratory.Wrap = store => store;
    }

    public ValueTask DisposeAsync() => Laboratory.DisposeAsync();
}
