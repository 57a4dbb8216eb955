using DklActors.Journal.Files;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// A consistent copy of a journal file that may be written meanwhile: the copy holds all events up to some moment and
/// none after it. The source is only read; its writer neither waits nor notices.
/// </summary>
public static class SqliteBackup
{
    // What SQLite may have left beside a copy that was cut short.
    private static readonly string[] Companions = ["", "-journal", "-wal", "-shm"];

    /// <param name="path">The journal.</param>
    /// <param name="target">The copy; what is there is replaced. Durable on return, its name included.</param>
    /// <exception cref="JournalException">The journal cannot be read, or the copy not be written.</exception>
    public static void Copy(string path, string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        foreach (string companion in Companions)
        {
            File.Delete(target + companion);
        }

        try
        {
            using SqliteConnection source = Open(path, SqliteOpenMode.ReadOnly);
            using SqliteConnection copy = Open(target, SqliteOpenMode.ReadWriteCreate);
            // All pages in one step, and so within one read transaction.
            source.BackupDatabase(copy);
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"{path} cannot be copied to {target}: {exception.Message}", exception);
        }

        using (var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        FolderSync.Run(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
