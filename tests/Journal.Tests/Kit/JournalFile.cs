using System.Buffers.Binary;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Tests.Kit;

/// <summary>A journal in a SQLite file.</summary>
internal sealed class JournalFile : TestJournal
{
    private int _copies;

    public override string WordOfLock => "locked";

    public string Path => System.IO.Path.Combine(Folder, "journal.db");

    public override SqliteEventStore Open(
        TimeProvider? time = null, TimeSpan? deadline = null, int queueLimit = 1024, string stream = "run") =>
        SqliteEventStore.Open(
            new SqliteJournalOptions(Path, "tests", deadline ?? TimeSpan.FromSeconds(30), queueLimit),
            time ?? TimeProvider.System);

    public override IJournalReader OpenForReading() => SqliteJournalFile.Open(Path);

    public override IReadOnlyDictionary<string, IEventStore> OpenEach(params string[] streams)
    {
        IEventStore store = Open();
        return streams.ToDictionary(stream => stream, _ => store);
    }

    public override void Tamper(string sql) => Tamper(Path, sql);

    public static void Tamper(string path, string sql)
    {
        using SqliteConnection connection = Connect(path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public override T Ask<T>(string sql)
    {
        using SqliteConnection connection = Connect(Path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public override string Literal(ReadOnlySpan<byte> bytes) => $"x'{Convert.ToHexString(bytes)}'";

    public override IDisposable Lock()
    {
        SqliteConnection connection = Connect(Path);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    // SQLite file format, "The Write-Ahead Log": a header of 32 bytes with the page size at 8; before each page 24
    // bytes, of which the second word is non-zero for the last frame of a commit only.
    public override int CountCommits()
    {
        byte[] log = File.ReadAllBytes(CopyAsLeftByAPowerCut() + "-wal");
        int pageSize = WordAt(log, 8);
        int commits = 0;
        for (int frame = 32; frame + 24 + pageSize <= log.Length; frame += 24 + pageSize)
        {
            commits += WordAt(log, frame + 4) != 0 ? 1 : 0;
        }

        return commits;
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

    private static int WordAt(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset));

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
