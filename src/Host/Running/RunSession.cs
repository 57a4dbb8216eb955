using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Reporting;
using DklActors.Host.Terminal;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Host.Running;

/// <summary>One <c>dkl run</c>: from the request to the figures.</summary>
internal sealed class RunSession(RunRequest request, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Checks everything before anything is made, runs, reports.</summary>
    public async Task<ExitCode> RunAsync()
    {
        string recipePath =
            request.Resume is null ? request.Recipe : RunFolder.RecipeIn(ExistingFolder(request.Resume));
        Recipe recipe = RecipeReader.Read(recipePath, request.Overrides, out RecipeOrigins origins);
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
        string writer = $"{Environment.MachineName}/{Environment.ProcessId}";
        await using SqliteEventStore store =
            SqliteEventStore.Open(SqliteJournalOptions.For(folder.Journal, writer), time);
        ExperimentSettings settings = experiment.SettingsFor(
            store.Streams is [string runId, ..]
                ? runId
                : $"{experiment.Recipe.Name}-{time.GetUtcNow():yyyyMMddTHHmmssZ}");
        var ports = new ExperimentPorts(
            experiment.Microscope,
            store,
            experiment.Scalarizer,
            experiment.CreateEngine,
            [new FreeDiskSuspender(
                folder.Root, experiment.Recipe.Limits.MinimumFreeDiskBytes, FreeDiskSuspender.FreeBytesOf)],
            time);
        var recorder = new RunRecorder(
            settings.Plan.Goal,
            settings.Plan.Total,
            candidates => KnownMap.Of(experiment.Microscope, experiment.Scalarizer, candidates));

        using var log = new RunLogFile(folder.Log, settings.RunId);
        var terminal = RunTerminal.For(request.Json, time);
        terminal.Begin(experiment, folder.Root);
        ExperimentOutcome outcome;
        await using (var runner = new ExperimentRunner(settings, ports, log.Write))
        {
            using var signals = new StopSignals(runner, terminal);
            Task<ExperimentOutcome> run = runner.RunAsync(recorder);
            await terminal.FollowAsync(recorder.Progress, run).ConfigureAwait(false);
            outcome = await run.ConfigureAwait(false);
        }

        RunRecord record = await recorder.FinishAsync().ConfigureAwait(false);
        return Report(folder, experiment, record, outcome, store, terminal);
    }

    private ExitCode Report(
        RunFolder folder,
        Experiment experiment,
        RunRecord record,
        ExperimentOutcome outcome,
        SqliteEventStore store,
        RunTerminal terminal)
    {
        RunSummary summary = RunSummary.Of(
            record, outcome, folder, store.Verify(), experiment, time.GetElapsedTime(_startedAt));
        IReadOnlyList<string> figures = FigureWriter.Write(folder.Figures, experiment, record);
        File.WriteAllText(folder.Summary, summary.ToJson(indented: true));
        terminal.End(summary, figures);
        return outcome.BeamAlarm is not null ? ExitCode.StoppedByInterlock : ExitOf(record.State.Run, outcome.Fault);
    }

    private static ExitCode ExitOf(RunState state, string? fault) => state switch
    {
        _ when fault is not null => ExitCode.RunFailed,
        RunState.Completed => ExitCode.Done,
        RunState.Stopped or RunState.Aborted => ExitCode.AbortedByPerson,
        RunState.Interlocked => ExitCode.StoppedByInterlock,
        _ => ExitCode.RunFailed,
    };
}
