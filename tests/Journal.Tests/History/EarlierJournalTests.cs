using DklActors.Journal.Codecs;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;

namespace DklActors.Journal.Tests.History;

/// <summary>What any earlier version stored is read as it was, and can be written on.</summary>
public sealed class EarlierJournalTests : IDisposable
{
    private readonly JournalFile _file = new();

    public static TheoryData<string> Names => [.. EarlierJournals.Names];

    public void Dispose() => _file.Dispose();

    [Fact]
    public void There_is_a_journal_of_every_format_up_to_the_last() => Names.Should().HaveCountGreaterThanOrEqualTo(4);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_read_without_a_change_to_the_file(string name)
    {
        string path = EarlierJournals.CopyTo(_file.Folder, name);
        byte[] before = File.ReadAllBytes(path);
        var journal = SqliteJournalFile.Open(path);

        StoredEvent[] events = [.. journal.Read(journal.Streams.Should().ContainSingle().Which)];

        journal.Verify().FirstFault.Should().BeNull();
        events[0].Event.Should().BeOfType<ExperimentStarted>()
            .Which.Provenance.InstructionSet.Should().Be("unknown", "nobody took note of it then");
        events[^1].Event.Should().BeOfType<ExperimentCompleted>().Which.Measured.Should().Be(22);
        FrameRecorded[] frames = [.. events.Select(stored => stored.Event).OfType<FrameRecorded>()];
        frames.Should().HaveCount(22);
        frames.Should().OnlyContain(frame => CountsOf(journal, frame) > 0);
        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_written_on_with_contents_old_and_new_side_by_side(string name)
    {
        string path = EarlierJournals.CopyTo(_file.Folder, name);
        string stream = SqliteJournalFile.Open(path).Streams[0];
        ChainReport before = SqliteJournalFile.Open(path).Verify();
        await using SqliteEventStore store = SqliteEventStore.Open(
            SqliteJournalOptions.For(path, "tests"), TimeProvider.System);
        Content frame = Samples.Spectrum(seed: 4);

        await store.AppendAsync(
            new AppendRequest(stream, before.Events, [Samples.Recorded(99, frame)], [frame]), CancellationToken.None);

        store.Epoch.Should().Be(2);
        store.Verify().Should().Be(new ChainReport(before.Events + 1, before.Contents + 1, null));
        store.ReadContent(frame.Hash).ToArray().Should().Equal(frame.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_flipped_bit_in_any_of_its_contents_is_found_and_its_owner_named(string name)
    {
        string path = EarlierJournals.CopyTo(_file.Folder, name);
        JournalFile.Tamper(path, """
            UPDATE content
            SET data = CAST(x'78' || substr(data, 2, length(data) - 9) || x'00' || substr(data, -7) AS BLOB)
            WHERE kind = 'frame' AND hash = (SELECT MAX(hash) FROM content WHERE kind = 'frame')
            """);

        SqliteJournalFile.Open(path).Verify().FirstFault.Should().Contain("(frame-recorded, point p");
    }

    private static int CountsOf(SqliteJournalFile journal, FrameRecorded frame) =>
        ((SpectrumFrame)FrameCodec.Read(journal.ReadContent(ContentHash.Parse(frame.FrameHash)))).Counts.Length;
}
