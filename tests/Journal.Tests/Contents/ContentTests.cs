using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contents;

public sealed class ContentTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_same_content_is_stored_once()
    {
        await using SqliteEventStore store = _file.Open();
        for (int point = 1; point <= 3; point++)
        {
            Content content = Samples.Spectrum(seed: 7);
            await store.AppendAsync(
                new AppendRequest("run", point - 1, [Samples.Recorded(point, content)], [content, content]),
                CancellationToken.None);
        }

        _file.Ask<long>("SELECT COUNT(*) FROM content").Should().Be(1);
        store.Verify().Should().Be(new ChainReport(3, 1, null));
    }

    [Fact]
    public async Task A_journal_opened_for_reading_shows_what_is_there_and_takes_nothing_from_its_writer()
    {
        await using SqliteEventStore store = _file.Open();
        Content content = Samples.Spectrum(seed: 7);
        var reader = SqliteJournalFile.Open(_file.Path);
        reader.Streams.Should().BeEmpty();
        await store.AppendAsync(
            new AppendRequest("run", 0, [Samples.Recorded(1, content)], [content]), CancellationToken.None);

        reader.Streams.Should().Equal("run");
        reader.Read("run").Should().BeEquivalentTo(store.Read("run"));
        reader.ReadContent(content.Hash).ToArray().Should().Equal(content.Bytes.ToArray());
        _file.Ask<long>("SELECT COUNT(*) FROM writer").Should().Be(1);
        FluentActions.Invoking(() => SqliteJournalFile.Open(_file.Path + "-not")).Should().Throw<JournalException>();
    }

    [Theory]
    [InlineData(0, "plain")]
    [InlineData(1, "plain")]
    [InlineData(100_000, "zlib")]
    public async Task Contents_come_back_byte_for_byte_packed_where_that_helps(int length, string encoding)
    {
        await using SqliteEventStore store = _file.Open();
        byte[] bytes = [.. Enumerable.Range(0, length).Select(each => (byte)(each / 100))];

        await Append(store, bytes);

        store.ReadContent(ContentHash.Of(bytes)).ToArray().Should().Equal(bytes);
        _file.Ask<string>("SELECT encoding FROM content").Should().Be(encoding);
    }

    [Fact]
    public async Task Contents_that_do_not_compress_are_kept_as_they_are()
    {
        await using SqliteEventStore store = _file.Open();
        byte[] noise = new byte[10_000];
        new Random(3).NextBytes(noise);

        await Append(store, noise);

        store.ReadContent(ContentHash.Of(noise)).ToArray().Should().Equal(noise);
        _file.Ask<string>("SELECT encoding FROM content").Should().Be("plain");
    }

    [Fact]
    public async Task A_content_that_is_not_there_is_named()
    {
        await using SqliteEventStore store = _file.Open();
        ContentHash absent = ContentHash.Of([1, 2, 3]);

        store.Invoking(it => it.ReadContent(absent)).Should().Throw<JournalDamagedException>()
            .WithMessage($"*{absent}*{_file.Path}*");
    }

    private static async Task Append(SqliteEventStore store, byte[] bytes) => await store.AppendAsync(
        new AppendRequest("run", 0, [Samples.Note("a")], [new Content("test", bytes)]), CancellationToken.None);
}
