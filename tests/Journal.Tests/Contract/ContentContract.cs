using System.Runtime.InteropServices;
using DklActors.Journal.Contents;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class ContentContract : JournalContract
{
    private protected ContentContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task The_same_content_is_stored_once()
    {
        await using IEventStore store = Journal.Open();
        for (int point = 1; point <= 3; point++)
        {
            Content content = Samples.Spectrum(seed: 7);
            await store.AppendAsync(
                new AppendRequest("run", point - 1, [Samples.Recorded(point, content)], [content, content]),
                CancellationToken.None);
        }

        new ContentFolder(Journal.Folder).List().Should().ContainSingle();
        store.Verify().Should().Be(new ChainReport(3, 1, null));
    }

    [ContractFact]
    public async Task A_journal_opened_for_reading_shows_what_is_there_and_takes_nothing_from_its_writer()
    {
        await using IEventStore store = Journal.Open();
        Content content = Samples.Spectrum(seed: 7);
        IJournalReader reader = Journal.OpenForReading();
        reader.Streams.Should().BeEmpty();
        await store.AppendAsync(
            new AppendRequest("run", 0, [Samples.Recorded(1, content)], [content]), CancellationToken.None);

        reader.Streams.Should().Equal("run");
        reader.Read("run").Should().BeEquivalentTo(store.Read("run"));
        reader.ReadContent(content.Hash).ToArray().Should().Equal(content.Bytes.ToArray());
        Journal.Ask<long>("SELECT COUNT(*) FROM writer").Should().Be(1);
    }

    [ContractTheory]
    [InlineData(0, "plain")]
    [InlineData(1, "plain")]
    [InlineData(100_003, "deflated")]
    [InlineData(100_003, "floats")]
    [InlineData(100_003, "noise")]
    public async Task Contents_come_back_byte_for_byte_packed_where_that_helps(int length, string kind)
    {
        await using IEventStore store = Journal.Open();
        byte[] bytes = new byte[length];
        switch (kind)
        {
            case "deflated":
                bytes.AsSpan().Fill(7);
                break;
            case "floats":
                Span<float> counts = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
                for (int i = 0; i < counts.Length; i++)
                {
                    counts[i] = (i * 7919) % 1000;
                }

                break;
            default:
                new Random(3).NextBytes(bytes);
                break;
        }

        await Append(store, bytes);

        store.ReadContent(ContentHash.Of(bytes)).ToArray().Should().Equal(bytes);
        StoredContent stored = new ContentFolder(Journal.Folder).List().Should().ContainSingle().Which;
        byte[] file = File.ReadAllBytes(stored.Path);
        ((ContentEncoding)file[5]).Should().Be(kind switch
        {
            "deflated" => ContentEncoding.Zlib,
            "floats" => ContentEncoding.ShuffledZlib,
            _ => ContentEncoding.Plain,
        });
        file.Length.Should().BeLessThanOrEqualTo(length + 48);
    }

    [ContractFact]
    public async Task What_was_left_half_written_is_no_content_and_in_nobodys_way()
    {
        await using IEventStore store = Journal.Open();
        Content content = Samples.Spectrum(seed: 7);
        var folder = new ContentFolder(Journal.Folder);
        string path = folder.PathOf(content.Kind, content.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".part", [1, 2, 3]);
        folder.List().Should().BeEmpty();
        folder.Find(content.Hash).Should().BeNull();
        folder.Remains().Should().Equal(path + ".part");

        await store.AppendAsync(
            new AppendRequest("run", 0, [Samples.Recorded(1, content)], [content]), CancellationToken.None);

        store.Verify().Should().Be(new ChainReport(1, 1, null));
        folder.Remains().Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_content_that_is_not_there_is_named()
    {
        await using IEventStore store = Journal.Open();
        ContentHash absent = ContentHash.Of([1, 2, 3]);

        store.Invoking(it => it.ReadContent(absent)).Should().Throw<JournalDamagedException>()
            .WithMessage($"*{absent}*{Journal.Folder}*");
    }

    private static async Task Append(IEventStore store, byte[] bytes) => await store.AppendAsync(
        new AppendRequest("run", 0, [Samples.Note("a")], [new Content("test", bytes)]), CancellationToken.None);
}
