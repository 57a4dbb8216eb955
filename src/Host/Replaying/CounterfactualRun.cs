using System.Globalization;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;
using DklActors.Actors.Running;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Running;
using DklActors.Journal.Sqlite;

namespace DklActors.Host.Replaying;

/// <summary>Another choice run to its end: the real pipeline on the same data and seed, with a journal of its own that
/// is gone afterwards.</summary>
internal sealed class CounterfactualRun(Experiment experiment, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <exception cref="UsageException">It did not come to its end.</exception>
    public async Task<RunRecord> RunAsync(TextWriter words, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("dkl-what-if-").FullName;
        try
        {
            return await RunInAsync(folder, words, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<RunRecord> RunInAsync(string folder, TextWriter words, CancellationToken cancellationToken)
    {
        ExperimentSettings settings = experiment.SettingsFor(experiment.Recipe.Name);
        await using SqliteEventStore store = SqliteEventStore.Open(
            SqliteJournalOptions.For(RunFolder.JournalIn(folder), $"what-if/{Environment.ProcessId}"), time);
        var recorder = RunRecorder.Of(experiment, settings, store);
        var runner = new ExperimentRunner(settings, experiment.PortsTo(store, folder, time), _ => { });
        ExperimentOutcome outcome;
        await using (runner)
        {
            using CancellationTokenRegistration stop = cancellationToken.Register(
                () => runner.Abort(Environment.UserName, "cancelled"));
            Task<ExperimentOutcome> run = runner.RunAsync(recorder);
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(Interval, time, CancellationToken.None)).ConfigureAwait(false);
                RunProgress progress = recorder.Progress();
                await words.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"   what if: {progress.Measured} of {progress.Total} measured"))
                    .ConfigureAwait(false);
            }

            outcome = await run.ConfigureAwait(false);
        }

        RunRecord record = await recorder.FinishAsync().ConfigureAwait(false);
        // The journal is about to go.
        record = record with { Events = [.. record.Events] };
        cancellationToken.ThrowIfCancellationRequested();
        return outcome.Fault is null && record.State.Run == RunState.Completed
            ? record
            : throw new UsageException(
                $"The other choice did not come to its end: {outcome.Fault ?? record.State.EndReason} Give "
                + "--measured-only to look at what was measured alone.");
    }
}
