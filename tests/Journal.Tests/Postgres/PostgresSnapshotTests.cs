using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresSnapshotTests(PostgresServer server) : SnapshotContract(new PostgresTestJournal(server))
{
    private readonly PostgresServer _server = server;

    private protected override TestJournal Another() => new PostgresTestJournal(_server);
}
