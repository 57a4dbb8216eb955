using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Logging;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Reporting;
using DklActors.Host.Terminal;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Host.Running;

/// <summary>One <c>dkl run</c>: from the request to the figures.</summary>
internal sealed class RunSession(RunRequest request, TimeProvider time, RunWiring wiring)
{
    private readonly long _startedAt = time.GetTimestamp();

    public RunSession(RunRequest request, TimeProvider time)
        : this(request, time, RunWiring.Plain)
    {
    }

    /// <summary>Checks everything before anything is made, runs, reports.</summary>
    public async Task<ExitCode> RunAsync()
    {
        string recipePath =
            request.Resume is null ? request.Recipe : RunFolder.RecipeIn(ExistingFolder(request.Resume));
        Recipe recipe = RecipeReader.Read(recipePath, request.Overrides, out RecipeOrigins origins);
        RunJournal.RequirePlace(recipe.Journal);
        Experiment experiment = ExperimentBuilder.Build(recipe, origins, time);
        using (experiment.Microscope)
        using (RunFolder folder = OpenFolder(recipe))
        {
            return await RunInAsync(folder, experiment).ConfigureAwait(false);
        }
    }

    private static string ExistingFolder(string path)
    {
        // Says at once what is wrong; the folder is only locked once the recipe has been read.
        RunFolder.OpenExisting(path).Dispose();
        return path;
    }

    private RunFolder OpenFolder(Recipe recipe) => request.Resume is null
        ? RunFolder.Create(request.Out ?? DefaultFolder(recipe), recipe.ToYaml())
        : RunFolder.OpenExisting(request.Resume);

    private string DefaultFolder(Recipe recipe) =>
        Path.Combine("runs", $"{time.GetLocalNow():yyyyMMdd-HHmmss}-{recipe.Name}");

    private async Task<ExitCode> RunInAsync(RunFolder folder, Experiment experiment)
    {
        (IEventStore opened, string runId) = OpenJournal(folder, experiment.Recipe);
        await using IEventStore store = opened;
        RunJournal.Begin(folder, runId);
        ExperimentSettings settings = wiring.Settings(experiment.SettingsFor(runId)) with
        {
            RecipeHash = RecipeHashOf(store, runId, folder, experiment),
        };
        ExperimentPorts ports = experiment.PortsTo(store, folder.Root, time);
        ports = ports with
        {
            Microscope = wiring.Microscope(ports.Microscope),
            Journal = wiring.Journal(ports.Journal),
        };
        var recorder = RunRecorder.Of(experiment, settings, store);

        await using var log = new RunLogFile(
            folder.Log, folder.JsonLog, settings.RunId, request.LogLevel, LogBounds.Default, time);
        var terminal = RunTerminal.For(request.Json, log.Write, time);
        log.Faulted += terminal.Say;
        terminal.Begin(experiment, folder.Root);
        var runner = new ExperimentRunner(settings, ports, log.Write, request.LogLevel);
        // Heard until the report is written: who presses Ctrl+C twice still gets it.
        using var signals = new StopSignals(runner.Stop, runner.Abort, terminal.Say);
        ExperimentOutcome outcome;
        await using (runner)
        {
            Task<ExperimentOutcome> run = runner.RunAsync(recorder);
            await terminal.FollowAsync(recorder.Progress, run).ConfigureAwait(false);
            outcome = await run.ConfigureAwait(false);
        }

        RunRecord record = await recorder.FinishAsync().ConfigureAwait(false);
        return Report(folder, experiment, record, outcome, store, terminal);
    }

    private (IEventStore Store, string RunId) OpenJournal(RunFolder folder, Recipe recipe)
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

    private ExitCode Report(
        RunFolder folder,
        Experiment experiment,
        RunRecord record,
        ExperimentOutcome outcome,
        IEventStore store,
        RunTerminal terminal)
    {
        RunDesign design = experiment.Design.InForceIn(record.State);
        RunSummary summary = RunSummary.Of(
            record, outcome, folder, VerificationOf(store), design, time.GetElapsedTime(_startedAt));
        IReadOnlyList<string> figures = [];
        bool isWritten = TryWrite(
            "figures", () => figures = FigureWriter.Write(folder.Figures, design, record));
        isWritten &= TryWrite("summary", () => folder.WriteSummary(summary.ToJson(indented: true)));
        terminal.End(summary, figures);
        ExitCode exit = outcome.BeamAlarm is not null
            ? ExitCode.StoppedByInterlock
            : ExitOf(record.State.Run, outcome.Fault);
        return exit == ExitCode.Done && !isWritten ? ExitCode.RunFailed : exit;

        // A report that cannot be drawn or stored must not take the rest of it along, nor how the run ended.
        static bool TryWrite(string what, Action write)
        {
            try
            {
                write();
                return true;
            }
            catch (Exception exception)
            {
                Console.Error.WriteLine(
                    $"dkl: the {what} could not be written: {exception.Message} The journal holds all measurements.");
                return false;
            }
        }
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
