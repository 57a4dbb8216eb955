using Microsoft.Data.Sqlite;

namespace DklActors.Durability.Appending;

/// <summary>The peer: SQLite with the same settings, a row of the same size, and nothing else.</summary>
internal sealed class BareSqlite : IDisposable
{
    private const int BytesPerRow = 480;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public BareSqlite(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE bare (ordering INTEGER PRIMARY KEY, message BLOB NOT NULL);
            """;
        command.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO bare (message) VALUES ($message)";
        _insert.Parameters.Add("$message", SqliteType.Blob).Value = new byte[BytesPerRow];
    }

    /// <returns>Rows a second.</returns>
    public double Run(TimeSpan length, int rowsPerCommit)
    {
        TimeProvider time = TimeProvider.System;
        long started = time.GetTimestamp();
        long rows = 0;
        while (time.GetElapsedTime(started) < length)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            _insert.Transaction = transaction;
            for (int i = 0; i < rowsPerCommit; i++)
            {
                _insert.ExecuteNonQuery();
            }

            transaction.Commit();
            rows += rowsPerCommit;
        }

        return rows / time.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
