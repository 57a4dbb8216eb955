using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Sqlite;

public sealed class SqliteOrderTests() : OrderContract(new JournalFile());

public sealed class SqliteConflictTests() : ConflictContract(new JournalFile());

public sealed class SqliteFencingTests() : FencingContract(new JournalFile());

public sealed class SqliteGroupCommitTests() : GroupCommitContract(new JournalFile());

public sealed class SqliteReopeningTests() : ReopeningContract(new JournalFile());

public sealed class SqliteContentTests() : ContentContract(new JournalFile());

public sealed class SqliteDeadlineTests() : DeadlineContract(new JournalFile());

public sealed class SqliteQueueTests() : QueueContract(new JournalFile());

public sealed class SqliteChecksumTests() : ChecksumContract(new JournalFile());
