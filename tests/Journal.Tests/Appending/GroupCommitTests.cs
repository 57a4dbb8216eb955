using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Appending;

public sealed class GroupCommitTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Many_concurrent_appends_are_all_recorded_each_stream_in_order()
    {
        await using (SqliteEventStore store = _file.Open())
        {
            Task[] streams = [.. Enumerable.Range(0, 8).Select(stream => Task.Run(() => Task.WhenAll(
                Enumerable.Range(0, 40).Select(each => store.AppendAsync($"s{stream}", each, $"{each}")))))];
            await Task.WhenAll(streams);
        }

        await using SqliteEventStore reopened = _file.Open();
        reopened.Verify().Should().Be(new ChainReport(320, 0, null));
        for (int stream = 0; stream < 8; stream++)
        {
            reopened.Read($"s{stream}").Select(Samples.TextOf).Should().Equal(
                Enumerable.Range(0, 40).Select(each => $"{each}"));
        }
    }

    [Fact]
    public async Task What_has_accumulated_shares_a_commit()
    {
        await using SqliteEventStore store = _file.Open();
        int before = CommitsInLog();
        Task[] appends;
        using (_file.Lock())
        {
            appends = [.. Enumerable.Range(0, 200).Select(each => store.AppendAsync("run", each, $"{each}"))];
        }

        await Task.WhenAll(appends);

        // One for those that the writer held already, and one for all that came while it waited for the lock.
        (CommitsInLog() - before).Should().BeInRange(1, 2);
        store.Verify().Should().Be(new ChainReport(200, 0, null));
    }

    [Fact]
    public async Task A_task_completes_only_after_its_commit_is_in_the_log()
    {
        await using SqliteEventStore store = _file.Open();
        for (int each = 0; each < 20; each++)
        {
            await store.AppendAsync("run", each, $"{each}");

            SqliteJournalFile.Open(_file.CopyAsLeftByAPowerCut()).Verify().Should().Be(new ChainReport(each + 1, 0, null));
        }
    }

    // SQLite file format, "The Write-Ahead Log": a header of 32 bytes with the page size at 8; before each page 24
    // bytes, of which the second word is non-zero for the last frame of a commit only.
    private int CommitsInLog()
    {
        byte[] log = File.ReadAllBytes(_file.CopyAsLeftByAPowerCut() + "-wal");
        int pageSize = WordAt(log, 8);
        int commits = 0;
        for (int frame = 32; frame + 24 + pageSize <= log.Length; frame += 24 + pageSize)
        {
            commits += WordAt(log, frame + 4) != 0 ? 1 : 0;
        }

        return commits;
    }

    private static int WordAt(byte[] bytes, int offset) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(offset));
}
