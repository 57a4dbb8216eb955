using DklActors.Journal.Tests.Contract;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresOrderTests(PostgresServer server)
    : OrderContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresConflictTests(PostgresServer server)
    : ConflictContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresFencingTests(PostgresServer server)
    : FencingContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresGroupCommitTests(PostgresServer server)
    : GroupCommitContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresReopeningTests(PostgresServer server)
    : ReopeningContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresContentTests(PostgresServer server)
    : ContentContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresContentDamageTests(PostgresServer server)
    : ContentDamageContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresDeadlineTests(PostgresServer server)
    : DeadlineContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresQueueTests(PostgresServer server)
    : QueueContract(new PostgresTestJournal(server));

[Collection(PostgresServer.Collection)]
public sealed class PostgresChecksumTests(PostgresServer server)
    : ChecksumContract(new PostgresTestJournal(server));
