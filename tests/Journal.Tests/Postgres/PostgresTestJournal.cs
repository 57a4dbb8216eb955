using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;
using Npgsql;

namespace DklActors.Journal.Tests.Postgres;

/// <summary>A journal in a schema of its own on the tests' server.</summary>
internal sealed class PostgresTestJournal(PostgresServer server) : TestJournal
{
    public override string WordOfLock => "lock timeout";

    public string Connection { get; set; } = server.NewSchema();

    public override PostgresEventStore Open(
        TimeProvider? time = null, TimeSpan? deadline = null, int queueLimit = 1024, string stream = "run") =>
        PostgresEventStore.Open(
            new PostgresJournalOptions(
                Connection, stream, Folder, "tests", deadline ?? TimeSpan.FromSeconds(30), queueLimit),
            time ?? TimeProvider.System);

    public override IJournalReader OpenForReading() => PostgresJournal.Open(Connection, "run", Folder);

    public override IReadOnlyDictionary<string, IEventStore> OpenEach(params string[] streams) =>
        streams.ToDictionary(stream => stream, IEventStore (stream) => Open(stream: stream));

    public override void Tamper(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = CommandOf(connection, sql);
        command.ExecuteNonQuery();
    }

    public override T Ask<T>(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = CommandOf(connection, sql);
        return (T)command.ExecuteScalar()!;
    }

    public override string Literal(ReadOnlySpan<byte> bytes) => $@"'\x{Convert.ToHexString(bytes)}'::bytea";

    public override IDisposable Lock()
    {
        NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = CommandOf(connection, "BEGIN; SELECT 1 FROM journal_head FOR UPDATE");
        command.ExecuteNonQuery();
        return connection;
    }

    public override int CountCommits() => (int)Ask<long>("SELECT COUNT(DISTINCT xmin::text) FROM journal");

    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection($"{Connection};Pooling=false");
        connection.Open();
        return connection;
    }

    private static NpgsqlCommand CommandOf(NpgsqlConnection connection, string sql)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
