using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contents;

public sealed class ContentDamageTests : IAsyncLifetime, IDisposable
{
    private readonly JournalFile _file = new();
    private readonly Content _frame = Samples.Spectrum(seed: 2);

    public async Task InitializeAsync()
    {
        await using SqliteEventStore store = _file.Open();
        Content other = Samples.Spectrum(seed: 1);
        await store.AppendAsync(
            new AppendRequest(
                "run", 0, [Samples.Recorded(41, other), Samples.Recorded(42, _frame)], [other, _frame]),
            CancellationToken.None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("data = zeroblob(length(data))")]
    [InlineData("data = substr(data, 1, length(data) / 2)")]
    [InlineData("data = substr(data, 1, length(data) - 16)")]
    [InlineData("data = x''")]
    [InlineData("data = 'text'")]
    [InlineData("length = length + 1")]
    [InlineData("length = length - 1")]
    [InlineData("length = -1")]
    [InlineData("length = 2147483647")]
    [InlineData("length = 9223372036854775807")]
    [InlineData("length = 'long'")]
    [InlineData("encoding = 'plain'")]
    [InlineData("encoding = 'lzw'")]
    public async Task A_damaged_content_is_found_and_its_point_named(string damage)
    {
        _file.Tamper($"UPDATE content SET {damage} WHERE hash = x'{_frame.Hash}'");

        ChainReport report = SqliteJournalFile.Open(_file.Path).Verify();

        report.IsIntact.Should().BeFalse();
        report.FirstFault.Should().Contain(_frame.Hash.Hex).And.Contain("event 2 (frame-recorded, point p42)");
        await using SqliteEventStore store = _file.Open();
        store.Invoking(it => it.ReadContent(_frame.Hash)).Should().Throw<JournalDamagedException>();
    }

    [Fact]
    public void Every_single_flipped_byte_of_a_content_is_found()
    {
        byte[] data = _file.Ask<byte[]>($"SELECT data FROM content WHERE hash = x'{_frame.Hash}'");
        for (int position = 0; position < data.Length; position += 37)
        {
            byte[] flipped = [.. data];
            flipped[position] ^= 0x10;
            _file.Tamper($"UPDATE content SET data = x'{Convert.ToHexString(flipped)}' WHERE hash = x'{_frame.Hash}'");

            SqliteJournalFile.Open(_file.Path).Verify().FirstFault.Should().Contain("point p42", "byte {0} is wrong", position);
        }
    }

    [Fact]
    public void A_content_that_was_removed_is_found_and_its_point_named()
    {
        _file.Tamper($"DELETE FROM content WHERE hash = x'{_frame.Hash}'");

        SqliteJournalFile.Open(_file.Path).Verify().FirstFault.Should()
            .Be($"Content {_frame.Hash}, named by event 2 (frame-recorded, point p42), is missing.");
    }

    [Fact]
    public void A_content_under_the_name_of_another_is_found()
    {
        _file.Tamper($"""
            UPDATE content SET (data, length) = (SELECT data, length FROM content WHERE hash <> x'{_frame.Hash}')
            WHERE hash = x'{_frame.Hash}'
            """);

        SqliteJournalFile.Open(_file.Path).Verify().FirstFault.Should().Contain("damaged").And.Contain("point p42");
    }
}
