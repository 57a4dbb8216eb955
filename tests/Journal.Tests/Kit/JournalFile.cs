using DklActors.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Tests.Kit;

/// <summary>A journal file in a folder of its own, gone afterwards; and what others may do to it meanwhile.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-journal-");
    private int _copies;

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "journal.db");

    public SqliteEventStore Open(TimeProvider? time = null, TimeSpan? deadline = null, int queueLimit = 1024) =>
        SqliteEventStore.Open(
            new SqliteJournalOptions(Path, "tests", deadline ?? TimeSpan.FromSeconds(30), queueLimit),
            time ?? TimeProvider.System);

    /// <summary>Runs statements on the file behind the journal's back.</summary>
    public void Tamper(string sql) => Tamper(Path, sql);

    public static void Tamper(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public T Ask<T>(string sql)
    {
        using SqliteConnection connection = Connect(Path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>Keeps every writer out until it is disposed.</summary>
    public IDisposable Lock()
    {
        SqliteConnection connection = Connect(Path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>
    /// What a power cut at this instant leaves: the database file and its write-ahead log, without the shared memory.
    /// </summary>
    public string CopyAsLeftByAPowerCut()
    {
        string copy = System.IO.Path.Combine(Folder, $"copy-{++_copies}.db");
        Copy(Path, copy);
        Copy(Path + "-wal", copy + "-wal");
        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using FileStream target = File.Create(to);
        source.CopyTo(target);
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
