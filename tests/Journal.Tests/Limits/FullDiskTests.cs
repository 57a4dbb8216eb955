using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Journal.Writing;
using DklActors.Messages.Events;
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
        using (JournalWriter writer = WriterOnASmallDisk())
        {
            await Append(writer, new AppendRequest("run", 0, [Samples.Note("a")], []));
            JournalEvent[] many = [.. Enumerable.Range(0, 4000).Select(each => Samples.Note($"note {each}"))];

            (await writer.Awaiting(it => Append(it, new AppendRequest("run", 1, [.. many], [])))
                .Should().ThrowAsync<JournalException>())
                .WithMessage("*could not be written*full*free space*");
            await writer.Awaiting(it => Append(it, new AppendRequest("run", 1, [Samples.Note("small")], [])))
                .Should().ThrowAsync<JournalException>("never go on without a log");
        }

        await using SqliteEventStore reopened = _file.Open();
        reopened.Verify().Should().Be(new ChainReport(1, 0, null));
        await reopened.AppendAsync("run", 1, "b");
        reopened.Read("run").Select(Samples.TextOf).Should().Equal("a", "b");
    }

    private static Task<ImmutableArray<StoredEvent>> Append(JournalWriter writer, AppendRequest request) =>
        writer.AppendAsync(request, CancellationToken.None);

    private JournalWriter WriterOnASmallDisk()
    {
        var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        connection.Execute($"PRAGMA max_page_count = {MostPages}");
        return new JournalWriter(
            new ContentFolder(_file.Folder),
            new SqliteCommitter(connection, TimeProvider.System, "tests", epoch: 1),
            new WriterLimits("small disk", TimeSpan.FromSeconds(30), 8),
            TimeProvider.System);
    }
}
