using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Appending;

public sealed class GroupCommitTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_task_completes_only_after_its_commit_is_in_the_log()
    {
        await using SqliteEventStore store = _file.Open();
        for (int each = 0; each < 20; each++)
        {
            await store.AppendAsync("run", each, $"{each}");

            SqliteJournalFile.Open(_file.CopyAsLeftByAPowerCut()).Verify()
                .Should().Be(new ChainReport(each + 1, 0, null));
        }
    }
}
