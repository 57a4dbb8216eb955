using System.Globalization;
using DklActors.Actors.Interlock;
using DklActors.Host.Journals;
using DklActors.Journal.Files;
using Microsoft.Data.Sqlite;

namespace DklActors.Host.Diagnosing;

/// <summary>Whether a folder is a place to keep runs in. Leaves nothing behind.</summary>
internal static class FolderChecks
{
    private const long LittleBytes = 5_000_000_000;
    private const long NoBytes = 200_000_000;
    private const int Writes = 5;
    private static readonly TimeSpan SlowWrite = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <param name="folder">The folder; where there is none yet, the nearest one above it is looked at.</param>
    /// <param name="time">The clock.</param>
    public static IEnumerable<Finding> Run(string folder, TimeProvider time)
    {
        string existing = NearestExisting(folder);
        yield return existing == Path.GetFullPath(folder)
            ? Finding.Ok("folder", existing)
            : Finding.Ok("folder", $"{folder} is not there yet; the first start makes it in {existing}");
        yield return Finding.Of("disk space", () => Space(existing));
        string trial = Path.Combine(existing, $".dkl-doctor-{Environment.ProcessId}");
        if (TryMake(trial) is { } problem)
        {
            yield return Finding.Trouble(
                "writing", problem, $"let {Environment.UserName} write to {existing}, or choose another folder");
            yield break;
        }

        try
        {
            yield return Finding.Of("writing", () => DurableWrites(trial, time));
            yield return Finding.Of("file times", () => FileTimes(trial, time));
            yield return Finding.Of("database files", () => WriteAhead(trial));
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    private static string NearestExisting(string folder)
    {
        string path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }

    private static string? TryMake(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static Finding Space(string folder)
    {
        long free = FreeDiskSuspender.FreeBytesOf(folder);
        string text = $"{ByteText.Of(free)} free";
        return free < NoBytes
            ? Finding.Trouble("disk space", text, "make room: below limits.minimumFreeDisk runs pause")
            : free < LittleBytes
                ? Finding.Warning("disk space", text, "'dkl run --check RECIPE' says what a run takes")
                : Finding.Ok("disk space", text);
    }

    private static Finding DurableWrites(string folder, TimeProvider time)
    {
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < Writes; i++)
        {
            long started = time.GetTimestamp();
            DurableFile.Write(Path.Combine(folder, "trial"), new byte[4096]);
            TimeSpan took = time.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
        }

        string text = string.Create(
            CultureInfo.InvariantCulture, $"4 kB are durable within {slowest.TotalMilliseconds:F1} ms");
        return slowest <= SlowWrite
            ? Finding.Ok("writing", text)
            : Finding.Warning(
                "writing", text, "each exposure waits for this; keep runs on a local SSD, and copy them later");
    }

    private static Finding FileTimes(string folder, TimeProvider time)
    {
        string path = Path.Combine(folder, "time");
        File.WriteAllText(path, "");
        TimeSpan ahead = File.GetLastWriteTimeUtc(path) - time.GetUtcNow().UtcDateTime;
        return ahead.Duration() < Skew
            ? Finding.Ok("file times", "agree with the clock")
            : Finding.Warning(
                "file times", string.Create(CultureInfo.InvariantCulture, $"differ by {ahead.TotalSeconds:F0} s"),
                "the folder is on another machine with another clock; set both by NTP");
    }

    private static Finding WriteAhead(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "trial.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        string? mode = command.ExecuteScalar() as string;
        return mode == "wal"
            ? Finding.Ok("database files", "can be journaled ahead (WAL)")
            : Finding.Trouble(
                "database files", $"journal_mode is '{mode}', not 'wal'",
                "the file system does not share memory between processes, as network drives do; use a local one");
    }
}
