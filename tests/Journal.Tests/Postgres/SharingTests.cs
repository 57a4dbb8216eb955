using DklActors.Journal.Contents;
using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

/// <summary>Several daemons, each with a run of its own, in one journal.</summary>
[Collection(PostgresServer.Collection)]
public sealed class SharingTests(PostgresServer server) : IDisposable
{
    private readonly PostgresTestJournal _journal = new(server);

    public void Dispose() => _journal.Dispose();

    [PostgresFact]
    public async Task Daemons_that_write_at_once_share_one_gapless_sequence_and_one_chain()
    {
        string[] names = ["a", "b", "c", "d"];
        IReadOnlyDictionary<string, IEventStore> stores = _journal.OpenEach(names);
        await Task.WhenAll(names.Select(name => Task.Run(async () =>
        {
            for (int each = 0; each < 100; each++)
            {
                await stores[name].AppendAsync(name, each, $"{each}");
            }
        })));

        IJournalReader reader = _journal.OpenForReading();
        reader.Verify().Should().Be(new ChainReport(400, 0, null));
        StoredEvent[][] streams = [.. names.Select(name => reader.Read(name).ToArray())];
        streams.SelectMany(stream => stream).Select(each => each.Ordering).Order()
            .Should().Equal(Enumerable.Range(1, 400).Select(each => (long)each));
        string[] writers =
            [.. streams.SelectMany(stream => stream).OrderBy(each => each.Ordering).Select(each => each.Stream)];
        writers.Zip(writers.Skip(1)).Count(pair => pair.First != pair.Second)
            .Should().BeGreaterThan(20, "they must have taken turns");
        foreach (IEventStore store in stores.Values)
        {
            await store.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task A_writer_is_fenced_off_by_a_later_one_of_its_run_and_by_no_other()
    {
        await using PostgresEventStore first = _journal.Open(stream: "first");
        await using PostgresEventStore second = _journal.Open(stream: "second");
        await first.AppendAsync("first", 0, "a");
        await using PostgresEventStore successor = _journal.Open(stream: "second");

        await first.AppendAsync("first", 1, "b");
        await second.Awaiting(it => it.AppendAsync("second", 0, "lost")).Should().ThrowAsync<WriterFencedException>();
        await successor.AppendAsync("second", 0, "c");

        (first.Epoch, second.Epoch, successor.Epoch).Should().Be((1, 1, 2));
        first.Verify().Should().Be(new ChainReport(3, 0, null));
    }

    [PostgresFact]
    public async Task A_store_writes_the_run_it_was_opened_for_and_no_other()
    {
        await using PostgresEventStore store = _journal.Open(stream: "mine");

        (await store.Awaiting(it => it.AppendAsync("another", 0, "a")).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*'mine'*not 'another'*");
        await store.AppendAsync("mine", 0, "a");

        store.Streams.Should().Equal("mine");
    }

    [PostgresFact]
    public async Task Contents_of_other_runs_are_theirs_to_check()
    {
        using var elsewhere = new PostgresTestJournal(server) { Connection = _journal.Connection };
        Content mine = Samples.Spectrum(1), theirs = Samples.Spectrum(2);
        await using PostgresEventStore store = _journal.Open();
        await using PostgresEventStore other = elsewhere.Open(stream: "other");
        await store.AppendAsync(
            new AppendRequest("run", 0, [Samples.Recorded(1, mine)], [mine]), CancellationToken.None);
        await other.AppendAsync(
            new AppendRequest("other", 0, [Samples.Recorded(1, theirs)], [theirs]), CancellationToken.None);

        store.Verify().Should().Be(new ChainReport(2, 1, null));
        File.Delete(new ContentFolder(elsewhere.Folder).PathOf("frame", theirs.Hash));

        store.Verify().Should().Be(new ChainReport(2, 1, null));
        other.Verify().FirstFault.Should().Contain($"Content {theirs.Hash} is not in {elsewhere.Folder}");
    }
}
