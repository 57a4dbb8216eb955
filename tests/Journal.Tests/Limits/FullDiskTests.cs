using System.Collections.Immutable;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Tests.Limits;

/// <summary>SQLite's own page limit stands in for the disk: it gives the same SQLITE_FULL in the same places.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int MostPages = 40;

    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_full_disk_fails_the_append_stops_the_journal_and_loses_nothing_recorded()
    {
        await _file.Open().DisposeAsync();
        using (SqliteWriter writer = WriterOnASmallDisk())
        {
            await Enqueue(writer, new AppendRequest("run", 0, [Samples.Note("a")], []));
            Content large = Samples.Spectrum(1, channels: 100_000);

            (await writer.Awaiting(it => Enqueue(
                it, new AppendRequest("run", 1, [Samples.Recorded(1, large)], [large])))
                .Should().ThrowAsync<JournalException>())
                .WithMessage("*could not be written*full*free space*");
            await writer.Awaiting(it => Enqueue(it, new AppendRequest("run", 1, [Samples.Note("small")], [])))
                .Should().ThrowAsync<JournalException>("never go on without a log");
        }

        await using SqliteEventStore reopened = _file.Open();
        reopened.Verify().Should().Be(new ChainReport(1, 0, null));
        await reopened.AppendAsync("run", 1, "b");
        reopened.Read("run").Select(Samples.TextOf).Should().Equal("a", "b");
    }

    private static Task<ImmutableArray<StoredEvent>> Enqueue(SqliteWriter writer, AppendRequest request)
    {
        var append = new PendingAppend(request);
        writer.TryEnqueue(append).Should().BeTrue();
        return append.Completion;
    }

    private SqliteWriter WriterOnASmallDisk()
    {
        var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        connection.Execute($"PRAGMA max_page_count = {MostPages}");
        return new SqliteWriter(
            connection, new SqliteInserter(connection, TimeProvider.System, "small disk", epoch: 1), queueLimit: 8);
    }
}
