using DklActors.Messages.Events;
using DklActors.Messages.Serialization;
using Microsoft.Data.Sqlite;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>A temporary folder with one run in it, seen from outside the process that writes it.</summary>
internal sealed class RunFolderOnDisk : IDisposable
{
    /// <summary>Points of <see cref="WriteSlowRecipe"/>.</summary>
    public const int SlowPoints = 35;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Parent { get; } = Directory.CreateTempSubdirectory("dkl-host-").FullName;

    public string Run => Path.Combine(Parent, "run");

    public string Journal => Path.Combine(Run, "journal.db");

    /// <summary>
    /// Writes a recipe that goes on for five seconds, so that a test that steps in after the first points comes in
    /// time also on a machine that has other things to do.
    /// </summary>
    public string WriteSlowRecipe() => WriteRecipe("150 ms", SlowPoints - 5);

    /// <summary>Writes a recipe of the sample that takes a second or two.</summary>
    public string WriteRecipe(string dwell = "10 ms", int measurements = 8, string more = "")
    {
        string path = Path.Combine(Parent, "recipe.yaml");
        File.WriteAllText(path, $"""
            version: 1
            name: small
            title: A small simulated run
            microscope:
              kind: simulated
              size: 40 px
              particles: 3
              settle: 1 ms
              readout: 2 ms
            exposure:
              dwell: {dwell}
            patch: 7 px
            scalarizer:
              kind: band-mean
              window: 1.6 eV .. 3.6 eV
            planner:
              acquisition: maximum-uncertainty
              seeds: 5
              measurements: {measurements}
            {more}
            """);
        return path;
    }

    /// <summary>Events as they are durable now.</summary>
    public IReadOnlyList<JournalEvent> Events() => EventsIn(Journal);

    /// <summary>Events of any journal as they are durable now; none where there is no file.</summary>
    public static List<JournalEvent> EventsIn(string journal)
    {
        if (!File.Exists(journal))
        {
            return [];
        }

        using var connection = new SqliteConnection($"Data Source={journal};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT manifest, schema_version, message FROM journal ORDER BY ordering";
        using SqliteDataReader row = command.ExecuteReader();
        List<JournalEvent> events = [];
        while (row.Read())
        {
            events.Add(EventJson.Read(row.GetString(0), row.GetInt32(1), (byte[])row[2]));
        }

        return events;
    }

    /// <summary>Waits until the running process has written so many events of a kind.</summary>
    public Task WaitForAsync<T>(int count)
        where T : JournalEvent => WaitForAsync<T>(Journal, count);

    /// <inheritdoc cref="WaitForAsync{T}(int)"/>
    public static async Task WaitForAsync<T>(string journal, int count)
        where T : JournalEvent
    {
        long started = TimeProvider.System.GetTimestamp();
        while (CountNow() < count)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"There are {CountNow()} of {count} {typeof(T).Name} in {journal}.");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }

        int CountNow()
        {
            try
            {
                return EventsIn(journal).OfType<T>().Count();
            }
            catch (SqliteException)
            {
                // The file is there and its tables are not yet.
                return 0;
            }
        }
    }

    public void Dispose() => Directory.Delete(Parent, recursive: true);
}
