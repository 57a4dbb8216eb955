using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Running;
using DklActors.Host.Serving.Looking;
using DklActors.Host.Trainers.Remote;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Linking;

namespace DklActors.Host.Serving.Experiments;

/// <summary>One experiment while its actors are at work: from its folder to its report.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private readonly RunFolder _folder;
    private readonly RemoteRun _remote;
    private readonly PreparedRun _run;
    private readonly TimeProvider _time;
    private readonly long _startedAt;

    private LiveRun(
        RunFolder folder, Experiment experiment, RemoteRun remote, PreparedRun run, TimeProvider time, Action changed)
    {
        _remote = remote;
        _folder = folder;
        _run = run;
        _time = time;
        _startedAt = time.GetTimestamp();
        Experiment = experiment;
        Runner = run.CreateRunner();
        Feed = new RunFeed(
            new RunPicture(experiment.Design), after => run.Store.Read(run.Settings.RunId, after), changed);
    }

    public Experiment Experiment { get; }

    public ExperimentRunner Runner { get; }

    public RunFeed Feed { get; }

    /// <summary>How the watchdog outside the process sees its blanker.</summary>
    public WatchState Watched => _run.Watched?.State ?? WatchState.None;

    public RunRecorder Recorder => _run.Recorder;

    /// <summary>Opens recipe, instrument and journal of the run in a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="logLevel">Lines below it are left out of its log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="watchdog">The watchdog outside the process.</param>
    /// <param name="trainers">Who trains elsewhere.</param>
    /// <param name="changed">Called whenever anything of it has changed.</param>
    /// <param name="start">What its first training starts from; null for the seed.</param>
    /// <exception cref="RecipeException">The recipe cannot be run.</exception>
    public static async Task<LiveRun> OpenAsync(
        string path,
        RunLogLevel logLevel,
        TimeProvider time,
        WatchdogLink watchdog,
        TrainerDesk trainers,
        Action changed,
        TransferredModel? start = null)
    {
        Recipe recipe = RecipeReader.Read(RunFolder.RecipeIn(path), [], out RecipeOrigins origins);
        RunJournal.RequirePlace(recipe.Journal);
        RunFolder folder = RunFolder.OpenExisting(path);
        Experiment? experiment = null;
        try
        {
            experiment = ExperimentBuilder.Build(recipe, origins, time);
            RemoteRun remote = trainers.For(recipe);
            var wiring = new RunWiring
            {
                Engine = remote.Send,
                Settings = settings => settings with { Transfer = start },
            };
            PreparedRun run = await PreparedRun.OpenAsync(folder, experiment, wiring, logLevel, time, watchdog)
                .ConfigureAwait(false);
            return new LiveRun(folder, experiment, remote, run, time, changed);
        }
        catch
        {
            experiment?.Microscope.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Works until the run ends, and reports; the beam is blanked then, whatever happened.</summary>
    public async Task<RunReport> RunAsync()
    {
        ExperimentOutcome outcome;
        await using (Runner)
        {
            outcome = await _run.RunAsync(Runner, new Observers(_run.Recorder, Feed), CancellationToken.None)
                .ConfigureAwait(false);
        }

        RunRecord record = await _run.Recorder.FinishAsync().ConfigureAwait(false);
        LearningCourse.Write(_folder.Root, LearningCourse.Of(Feed.Deviations, record.Scores));
        return _run.Report(record, outcome, _time.GetElapsedTime(_startedAt));
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync().ConfigureAwait(false);
        await _run.DisposeAsync().ConfigureAwait(false);
        await _remote.DisposeAsync().ConfigureAwait(false);
        Experiment.Microscope.Dispose();
        _folder.Dispose();
    }
}
