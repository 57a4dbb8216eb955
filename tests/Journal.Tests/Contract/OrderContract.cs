using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Events;

namespace DklActors.Journal.Tests.Contract;

public abstract class OrderContract : JournalContract
{
    private protected OrderContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task Events_are_read_in_the_order_they_were_appended()
    {
        await using IEventStore store = Journal.Open();

        await store.AppendAsync("run", 0, "a", "b");
        await store.AppendAsync("run", 2, "c");

        store.Read("run").Select(Samples.TextOf).Should().Equal("a", "b", "c");
        store.Read("run", afterSequence: 1).Select(Samples.TextOf).Should().Equal("b", "c");
        store.Read("run", afterSequence: 3).Should().BeEmpty();
        store.Read("another").Should().BeEmpty();
    }

    [ContractFact]
    public async Task The_global_order_has_no_gap_over_several_streams()
    {
        string[] streams = ["mn3o4", "silica", "aluminium"];
        IReadOnlyDictionary<string, IEventStore> stores = Journal.OpenEach(streams);
        var stored = new List<StoredEvent>();
        for (int round = 0; round < 5; round++)
        {
            foreach (string stream in streams)
            {
                stored.AddRange(
                    await stores[stream].AppendAsync(stream, 2 * round, $"{stream} {round}", "and another"));
            }
        }

        stored.Select(each => each.Ordering).Should().Equal(Enumerable.Range(1, 30).Select(each => (long)each));
        IJournalReader reader = Journal.OpenForReading();
        reader.Streams.Should().Equal(streams);
        foreach (string stream in streams)
        {
            reader.Read(stream).Select(each => each.SequenceNumber).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }

        reader.Verify().Should().Be(new ChainReport(30, 0, null));
        foreach (IEventStore store in stores.Values)
        {
            await store.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task What_an_append_returns_is_what_a_reader_finds()
    {
        var clock = new ManualTimeProvider();
        await using IEventStore store = Journal.Open(clock);

        ImmutableArray<StoredEvent> returned = await store.AppendAsync("run", 0, "a", "b");

        store.Read("run").Should().Equal(returned);
        returned[1].Should().Be(new StoredEvent(
            2, "run", 2, clock.GetUtcNow(), store.Epoch, "run-paused", 2, Samples.Note("b"), returned[1].Checksum));
    }

    [ContractFact]
    public async Task A_request_without_events_or_stream_is_refused()
    {
        await using IEventStore store = Journal.Open();

        foreach (var request in new AppendRequest[]
        {
            new("run", 0, [], []), new("run", 0, default, []), new("", 0, [Samples.Note("a")], []),
        })
        {
            await store.Awaiting(it => it.AppendAsync(request, CancellationToken.None))
                .Should().ThrowAsync<ArgumentException>();
        }

        await store.AppendAsync(new AppendRequest("run", 0, [Samples.Note("a")], default), CancellationToken.None);
        store.Read("run").Should().ContainSingle();
    }

    [ContractFact]
    public async Task An_event_that_cannot_be_stored_fails_its_own_caller_only()
    {
        await using IEventStore store = Journal.Open();

        await store.Awaiting(it => it.AppendAsync(new AppendRequest("run", 0, [new Unknown()], []), default))
            .Should().ThrowAsync<KeyNotFoundException>();
        await store.AppendAsync("run", 0, "a");

        store.Read("run").Select(Samples.TextOf).Should().Equal("a");
    }

    [ContractFact]
    public async Task A_request_that_was_cancelled_before_it_was_made_is_not_recorded()
    {
        await using IEventStore store = Journal.Open();

        await store.Awaiting(it => it.AppendAsync(
            new AppendRequest("run", 0, [Samples.Note("a")], []), new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
        await store.AppendAsync("run", 0, "b");

        store.Read("run").Select(Samples.TextOf).Should().Equal("b");
    }

    private sealed record Unknown : JournalEvent;
}
