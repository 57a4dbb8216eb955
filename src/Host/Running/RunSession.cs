using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Terminal;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Linking;

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
        RunTerminal? terminalOfRun = null;
        using WatchdogLink? watchdog = experiment.Recipe.Microscope.Blanker is null
            ? null
            : WatchdogLink.Start(WatchdogOptions.In(folder.Root), time, text => terminalOfRun?.Say(text));
        await using PreparedRun run = await PreparedRun.OpenAsync(
            folder, experiment, wiring, request.LogLevel, time, watchdog).ConfigureAwait(false);
        var terminal = RunTerminal.For(request.Json, run.Log.Write, time);
        terminalOfRun = terminal;
        run.Log.Faulted += terminal.Say;
        experiment.Microscope.Say += terminal.Say;
        terminal.Begin(experiment, folder.Root);
        if (experiment.Recipe.Learning.Trainer == TrainerPlace.Remote)
        {
            terminal.Say("the trainer nodes are the daemon's (dkl serve --broker): this run trains its models here.");
        }

        ExperimentRunner runner = run.CreateRunner();
        // Heard until the report is written: who presses Ctrl+C twice still gets it.
        using var signals = new StopSignals(runner.Stop, runner.Abort, terminal.Say);
        ExperimentOutcome outcome;
        await using (runner)
        {
            Task<ExperimentOutcome> running = run.RunAsync(runner, run.Recorder, CancellationToken.None);
            await terminal.FollowAsync(run.Recorder.Progress, running).ConfigureAwait(false);
            outcome = await running.ConfigureAwait(false);
        }

        RunRecord record = await run.Recorder.FinishAsync().ConfigureAwait(false);
        RunReport report = run.Report(record, outcome, time.GetElapsedTime(_startedAt));
        foreach (string trouble in report.Troubles)
        {
            await Console.Error.WriteLineAsync($"dkl: {trouble}").ConfigureAwait(false);
        }

        terminal.End(report.Summary, report.Figures);
        return report.Exit;
    }
}
