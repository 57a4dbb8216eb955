using DklActors.Journal.Tests.Contract;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Sqlite;

public sealed class SqliteSnapshotTests() : SnapshotContract(new JournalFile())
{
    private protected override TestJournal Another() => new JournalFile();
}
