using System.Diagnostics;
using DklActors.Actors.Snapshots;
using DklActors.Journal.Sqlite;

namespace DklActors.Durability.Recovering;

/// <summary>What a resumed run does before it can work: opens its journal, begins an epoch, folds the stream.</summary>
internal static class Recovery
{
    /// <summary>Prints seconds, the peak of the process's memory in MiB, and what came of it.</summary>
    public static async Task Run(string path)
    {
        TimeProvider time = TimeProvider.System;
        long started = time.GetTimestamp();
        await using SqliteEventStore store = SqliteEventStore.Open(SqliteJournalOptions.For(path, "bench"), time);
        RecoveredRun run = RunRecovery.Recover(store, store.Streams[0]);
        TimeSpan took = time.GetElapsedTime(started);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(FormattableString.Invariant(
            $"{took.TotalSeconds:F2} {self.PeakWorkingSet64 / 1048576.0:F0} {run.Events} {run.State.Measured}"));
    }
}
