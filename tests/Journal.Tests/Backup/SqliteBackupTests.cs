using DklActors.Journal.Contents;
using DklActors.Journal.Files;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Backup;

public sealed class SqliteBackupTests
{
    [Fact]
    public async Task A_copy_made_while_a_writer_appends_is_whole_and_holds_what_came_first()
    {
        using var file = new JournalFile();
        using var copies = new JournalFile();
        await using SqliteEventStore store = file.Open();
        await AppendAsync(store, 0);
        using var enough = new CancellationTokenSource();
        Task<long> writing = Task.Run(() => WriteAsync(store, enough.Token));
        List<long> lengths = [];
        for (int i = 0; i < 5; i++)
        {
            SqliteBackup.Copy(file.Path, copies.Path);
            var contents = new ContentCopy(
                new ContentFolder(file.Folder), new ContentFolder(copies.Folder), LocalFiles.Instance);
            contents.Run(CancellationToken.None);
            var copy = SqliteJournalFile.Open(copies.Path);
            ChainReport report = copy.Verify();
            report.FirstFault.Should().BeNull();
            report.Contents.Should().Be(report.Events, "each event names a frame of its own");
            copy.Read("run").Select(stored => stored.Checksum)
                .Should().Equal(store.Read("run").Take((int)report.Events).Select(stored => stored.Checksum));
            lengths.Add(report.Events);
            await WrittenAfterAsync(store, report.Events);
        }

        await enough.CancelAsync();
        (await writing).Should().BeGreaterThan(lengths[^1]);
        lengths.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems("the writer was not held up");
        store.Verify().IsIntact.Should().BeTrue();
    }

    [Fact]
    public async Task Contents_that_are_there_are_not_copied_again_and_remains_are_replaced()
    {
        using var file = new JournalFile();
        using var copies = new JournalFile();
        await using SqliteEventStore store = file.Open();
        await AppendAsync(store, 0);
        await AppendAsync(store, 1);
        var from = new ContentFolder(file.Folder);
        var to = new ContentFolder(copies.Folder);
        StoredContent first = from.List().First();
        string remains = to.PathOf(first.Kind, first.Hash) + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(remains)!);
        await File.WriteAllTextAsync(remains, "cut sh");

        Copy(from, to).Should().Be((2, 0));
        File.Exists(remains).Should().BeFalse();
        Copy(from, to).Should().Be((0, 2));
        await AppendAsync(store, 2);
        Copy(from, to).Should().Be((1, 2));
    }

    [Fact]
    public async Task What_a_copy_that_was_cut_short_left_behind_is_replaced()
    {
        using var file = new JournalFile();
        using var copies = new JournalFile();
        await using SqliteEventStore store = file.Open();
        await AppendAsync(store, 0);
        await File.WriteAllTextAsync(copies.Path, "SQLite format 3\0 and no more");
        await File.WriteAllTextAsync(copies.Path + "-journal", "not one either");

        SqliteBackup.Copy(file.Path, copies.Path);

        SqliteJournalFile.Open(copies.Path).Read("run").Should().ContainSingle();
    }

    [Fact]
    public void A_file_that_is_no_database_cannot_be_copied_and_is_named()
    {
        using var file = new JournalFile();
        File.WriteAllText(file.Path, new string('x', 5000));

        Action copy = () => SqliteBackup.Copy(file.Path, file.Path + ".copy");
        copy.Should().Throw<JournalException>().WithMessage("*journal.db*");
    }

    private static (long Copied, long Kept) Copy(ContentFolder from, ContentFolder to)
    {
        var copy = new ContentCopy(from, to, LocalFiles.Instance);
        copy.Run(CancellationToken.None);
        return (copy.Copied, copy.Kept);
    }

    private static async Task<long> WriteAsync(SqliteEventStore store, CancellationToken enough)
    {
        long written = 1;
        while (!enough.IsCancellationRequested)
        {
            await AppendAsync(store, written++);
        }

        return written;
    }

    private static async Task WrittenAfterAsync(SqliteEventStore store, long sequence)
    {
        while (!store.Read("run", sequence).Any())
        {
            await Task.Yield();
        }
    }

    private static async Task AppendAsync(SqliteEventStore store, long expected)
    {
        Content frame = Samples.Spectrum((int)expected);
        await store.AppendAsync(
            new AppendRequest("run", expected, [Samples.Recorded((int)expected + 1, frame)], [frame]),
            CancellationToken.None);
    }
}
