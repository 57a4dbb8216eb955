using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Logging;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Reporting;
using DklActors.Host.Watching.Linking;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Messages.Events;

namespace DklActors.Host.Running;

/// <summary>
/// One run in its locked folder, ready to go or to go on: journal and log are open, the ports are wired. The same for
/// <c>dkl run</c> and for the daemon. Folder and instrument stay the caller's to dispose of.
/// </summary>
internal sealed class PreparedRun : IAsyncDisposable
{
    private readonly Experiment _experiment;
    private readonly RunFolder _folder;
    private readonly RunLogLevel _logLevel;
    private readonly TimeProvider _time;

    private PreparedRun(
        RunFolder folder,
        Experiment experiment,
        IEventStore store,
        ExperimentSettings settings,
        ExperimentPorts ports,
        WatchedBlanker? watched,
        RunLogLevel logLevel,
        TimeProvider time)
    {
        Watched = watched;
        _folder = folder;
        _experiment = experiment;
        _logLevel = logLevel;
        _time = time;
        Store = store;
        Settings = settings;
        Ports = ports;
        Recorder = RunRecorder.Of(experiment, settings, store);
        Log = new RunLogFile(folder.Log, folder.JsonLog, settings.RunId, logLevel, LogBounds.Default, time);
    }

    public IEventStore Store { get; }

    public ExperimentSettings Settings { get; }

    public ExperimentPorts Ports { get; }

    public RunRecorder Recorder { get; }

    public RunLogFile Log { get; }

    /// <summary>The blanker as the watchdog has it; null where it is within this process, or nobody watches.</summary>
    public WatchedBlanker? Watched { get; }

    /// <summary>Opens the journal; where that fails, nothing is left of a folder made for a run that never began.
    /// </summary>
    /// <exception cref="UsageException">The folder has another recipe than the run was started with.</exception>
    /// <exception cref="JournalException">The journal cannot be opened.</exception>
    /// <exception cref="InstrumentException">The instrument cannot be had.</exception>
    public static async Task<PreparedRun> OpenAsync(
        RunFolder folder,
        Experiment experiment,
        RunWiring wiring,
        RunLogLevel logLevel,
        TimeProvider time,
        WatchdogLink? watchdog = null)
    {
        (IEventStore store, string runId) = OpenJournal(folder, experiment.Recipe, wiring, time);
        PreparedRun? begun = null;
        try
        {
            ExperimentSettings settings = wiring.Settings(experiment.SettingsFor(runId)) with
            {
                RecipeHash = RecipeHashOf(store, runId, folder, experiment),
            };
            ExperimentPorts ports = experiment.PortsTo(store, folder.Root, time);
            WatchedBlanker? watched = experiment.Recipe.Microscope.Blanker is { } blanker
                ? watchdog?.Watch(blanker)
                : null;
            Func<CandidateSet, IDklEngine> create = ports.CreateEngine;
            ports = ports with
            {
                CreateEngine = candidates => wiring.Engine(settings, candidates, create(candidates)),
                Microscope = wiring.Microscope(
                    watched is null ? ports.Microscope : new WatchedMicroscope(ports.Microscope, watched)),
                Journal = wiring.Journal(ports.Journal),
                Conditions = watched is null
                    ? ports.Conditions
                    : [.. ports.Conditions, new WatchdogSuspender(watched)],
            };
            var run = new PreparedRun(folder, experiment, store, settings, ports, watched, logLevel, time);
            experiment.Microscope.Say += run.Note;
            begun = run;
            await experiment.Microscope.BeginAsync(runId, CancellationToken.None).ConfigureAwait(false);
            // Known as a run from here on: whoever could not have the instrument leaves none behind.
            RunJournal.Begin(folder, runId);
            return run;
        }
        catch
        {
            if (begun is null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                await begun.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>What the instrument has to say to a person.</summary>
    private void Note(string text) => Log.Write(new RunLogLine(
        _time.GetUtcNow(), RunLogLevel.Warning, "instrument", "{Text}",
        new Dictionary<string, object?> { [RunLogLine.RunId] = Settings.RunId, ["Text"] = text }, null));

    public ExperimentRunner CreateRunner() => new(Settings, Ports, Log.Write, _logLevel);

    /// <summary>
    /// Arms the watchdog where there is one, and then runs: until it is armed, nothing asks for beam.
    /// </summary>
    /// <exception cref="InstrumentException">It does not arm; nothing was exposed.</exception>
    public async Task<ExperimentOutcome> RunAsync(
        ExperimentRunner runner, IExperimentObserver observer, CancellationToken cancellationToken)
    {
        if (Watched is { } watched)
        {
            await watched.ArmAsync(runner.Pulse, cancellationToken).ConfigureAwait(false);
        }

        return await runner.RunAsync(observer).ConfigureAwait(false);
    }

    /// <summary>Verifies the journal, draws the figures and writes the summary.</summary>
    /// <param name="record">All that was noted.</param>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="duration">How long this process worked on it.</param>
    public RunReport Report(RunRecord record, ExperimentOutcome outcome, TimeSpan duration)
    {
        RunDesign design = _experiment.Design.InForceIn(record.State);
        RunSummary summary = RunSummary.Of(record, outcome, _folder, VerificationOf(Store), design, duration);
        IReadOnlyList<string> figures = [];
        List<string> troubles = [];
        TryWrite("figures", () => figures = FigureWriter.Write(_folder.Figures, design, record));
        TryWrite("summary", () => _folder.WriteSummary(summary.ToJson(indented: true)));
        ExitCode exit = outcome.BeamAlarm is not null
            ? ExitCode.StoppedByInterlock
            : ExitOf(record.State.Run, outcome.Fault);
        return new RunReport(
            summary, figures, troubles, exit == ExitCode.Done && troubles.Count > 0 ? ExitCode.RunFailed : exit);

        // A report that cannot be drawn or stored must not take the rest of it along, nor how the run ended.
        void TryWrite(string what, Action write)
        {
            try
            {
                write();
            }
            catch (Exception exception)
            {
                troubles.Add(
                    $"the {what} could not be written: {exception.Message} The journal holds all measurements.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The runner is disposed of by now, and with it the beam blanked for good.
        Watched?.Dispose();
        await Log.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
    }

    private static (IEventStore Store, string RunId) OpenJournal(
        RunFolder folder, Recipe recipe, RunWiring wiring, TimeProvider time)
    {
        try
        {
            return RunJournal.OpenForWriting(folder, recipe, wiring.Files, time);
        }
        catch
        {
            folder.Abandon();
            throw;
        }
    }

    /// <summary>
    /// The hash that the run was started with, where the recipe in the folder is still the same: in what it says, or,
    /// since today's version may write the same recipe otherwise, letter by letter.
    /// </summary>
    private static string RecipeHashOf(IEventStore store, string runId, RunFolder folder, Experiment experiment)
    {
        string hash = experiment.Recipe.Hash;
        if (store.Read(runId).FirstOrDefault()?.Event is not ExperimentStarted started)
        {
            return hash;
        }

        bool isSame = started.RecipeHash == hash
            || started.RecipeHash == RecipeWriter.HashOfWritten(File.ReadAllText(folder.Recipe));
        return isSame
            ? started.RecipeHash
            : throw new UsageException(
                $"{folder.Recipe} is not the recipe that run {runId} was started with; "
                + "undo what was changed there, or start a new run.");
    }

    private static ChainReport VerificationOf(IEventStore store)
    {
        try
        {
            return store.Verify();
        }
        catch (JournalException exception)
        {
            return new ChainReport(0, 0, exception.Message);
        }
    }

    private static ExitCode ExitOf(RunState state, string? fault) => state switch
    {
        _ when fault is not null => ExitCode.RunFailed,
        RunState.Completed => ExitCode.Done,
        RunState.Stopped or RunState.Aborted or RunState.Halted => ExitCode.AbortedByPerson,
        RunState.Interlocked => ExitCode.StoppedByInterlock,
        _ => ExitCode.RunFailed,
    };
}
