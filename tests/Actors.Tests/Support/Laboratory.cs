using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Simulated;
using DklActors.Instruments.Simulated.Plasmons;
using DklActors.Instruments.Virtual;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Actors.Tests.Support;

/// <summary>
/// A small experiment on a simulated microscope with a real journal and the real engine, of which a test changes
/// the one thing that it is about.
/// </summary>
internal sealed class Laboratory : IAsyncDisposable
{
    public const string RunId = "run";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-actors-").FullName;

    public Laboratory(
        ProbeErrors? errors = null, TimeProvider? time = null, SampleDrift? drift = null, double surveyNoise = 0)
    {
        Time = time ?? TimeProvider.System;
        Microscope = new SimulatedMicroscope(
            new PlasmonOptions
            {
                Grid = new GridShape(40, 40),
                Particles = 3,
                Seed = 3,
                EnergyAxis = new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.05), 120),
                NominalDwell = Dwell,
                Probe = errors ?? ProbeErrors.None,
                Drift = drift ?? SampleDrift.None,
                SurveyNoise = surveyNoise,
            },
            VirtualTiming.Instant,
            Time);
        Scope = Microscope;
    }

    public static TimeSpan Dwell { get; } = TimeSpan.FromMilliseconds(1);

    /// <summary>The clock of the microscope and of the experiment.</summary>
    public TimeProvider Time { get; }

    public SimulatedMicroscope Microscope { get; }

    /// <summary>What the experiment sees of the microscope; a faulty one in front of it, perhaps.</summary>
    public IMicroscope Scope { get; set; }

    public IScalarizer Scalarizer { get; set; } = ScalarizerCatalog.Create(new ScalarizerSpec("band-mean").With(
        SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(1.6), new ElectronVolt(3.6))));

    public Func<CandidateSet, IDklEngine> CreateEngine { get; set; } =
        candidates => LearnerPresets.Create("dkl").Change(Quick).CreateEngine(candidates);

    /// <summary>What persons can choose while it runs.</summary>
    public IRunChoices? Choices { get; set; }

    public List<ISuspender> Conditions { get; } = [];

    /// <summary>Put between the experiment and its journal.</summary>
    public Func<IEventStore, IEventStore> Wrap { get; set; } = store => store;

    public Diary Diary { get; private set; } = new();

    /// <summary>Takes the log in place of the diary.</summary>
    public RunLog? Log { get; set; }

    public RunLogLevel LogLevel { get; set; } = RunLogLevel.Information;

    public ExperimentSettings Settings { get; set; } = new()
    {
        RunId = RunId,
        Name = "test",
        Seed = 11,
        RecipeHash = new string('a', 64),
        Provenance = new Provenance("test", "host", "os", "runtime", "processor", []),
        Patch = new PatchWindow(7),
        Exposure = new ExposureSettings(Dwell, TimeSpan.FromSeconds(5), 3, TimeSpan.FromSeconds(5)),
        Stage = new StageSettings(0.5, TimeSpan.FromSeconds(5), 2, 0),
        Plan = new PlanSettings(5, SeedDesignKind.SpaceFilling, 7, 2, new MaximumUncertainty(), Goal.Maximise),
        Learning = new LearningSettings("managed", 3, 25, TimeSpan.FromMinutes(1)),
        Limits = DoseLimits.None,
        UnknownExposures = UnknownExposurePolicy.Skip,
    };

    public string JournalPath => Path.Combine(_folder, "journal.db");

    public static DklOptions Quick(DklOptions options) => options with
    {
        Threads = 1,
        Optimiser = options.Optimiser with { MaxEpochs = 15, MaxWarmEpochs = 5 },
    };

    /// <summary>Runs, or continues, until the run ends, and closes the journal.</summary>
    /// <param name="prepare">Called before anything happens: to react to events of the <see cref="Diary"/>.</param>
    public async Task<ExperimentOutcome> RunAsync(Action<ExperimentRunner>? prepare = null)
    {
        Diary = new Diary();
        await using SqliteEventStore store = OpenStore();
        await using var runner = new ExperimentRunner(
            Settings, PortsTo(Wrap(store)), Log ?? Diary.Log, LogLevel);
        prepare?.Invoke(runner);
        return await runner.RunAsync(Diary).WaitAsync(Patience);
    }

    /// <summary>
    /// Holds the beam on the first point after the first training until there is a model. The dwell of this
    /// laboratory is so short that otherwise all points could be planned before.
    /// </summary>
    public Task<ExperimentOutcome> RunPlannedByModelAsync()
    {
        var firstModel = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scope = new FaultyMicroscope(Scope)
        {
            OnExpose = async (lease, expose) =>
            {
                if (lease.Point.Value == Settings.Learning.FirstTraining + 1)
                {
                    await firstModel.Task;
                }

                await expose();
            },
        };
        return RunAsync(_ => Diary.After<ModelTrained>(trained => firstModel.TrySetResult()));
    }

    public ExperimentPorts PortsTo(IEventStore journal) =>
        new(Scope, journal, Scalarizer, CreateEngine, Conditions, Time) { Choices = Choices };

    public SqliteEventStore OpenStore() =>
        SqliteEventStore.Open(SqliteJournalOptions.For(JournalPath, "test"), TimeProvider.System);

    /// <summary>The journal as it lies on disk.</summary>
    public async Task<ImmutableArray<StoredEvent>> ReadAsync()
    {
        await using SqliteEventStore store = OpenStore();
        return [.. store.Read(RunId)];
    }

    public ChainReport Verify() => SqliteJournalFile.Open(JournalPath).Verify();

    public ValueTask DisposeAsync()
    {
        Microscope.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
