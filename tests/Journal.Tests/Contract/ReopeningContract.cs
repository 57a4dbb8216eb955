using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class ReopeningContract : JournalContract
{
    private protected ReopeningContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task A_journal_goes_on_where_it_was_closed()
    {
        await using (IEventStore store = Journal.Open())
        {
            await store.AppendAsync("run", 0, "a", "b");
        }

        await using IEventStore reopened = Journal.Open();
        StoredEvent next = (await reopened.AppendAsync("run", 2, "c"))[0];

        (next.Ordering, next.SequenceNumber, next.Epoch).Should().Be((3, 3, 2));
        reopened.Read("run").Select(Samples.TextOf).Should().Equal("a", "b", "c");
        reopened.Verify().Should().Be(new ChainReport(3, 0, null));
    }

    [ContractFact]
    public async Task Of_those_who_open_a_new_journal_at_once_each_gets_an_epoch_of_its_own()
    {
        IEventStore[] stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Journal.Open())));

        stores.Select(each => each.Epoch).Should().BeEquivalentTo([1, 2, 3, 4]);
        await stores.Single(each => each.Epoch == 4).AppendAsync("run", 0, "a");
        foreach (IEventStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task A_long_stream_is_read_whole_from_any_place_and_can_be_left_early()
    {
        await using IEventStore store = Journal.Open();
        string[] notes = [.. Enumerable.Range(1, 2500).Select(each => $"{each}")];
        await store.AppendAsync("run", 0, notes);

        store.Read("run").Select(Samples.TextOf).Should().Equal(notes);
        store.Read("run", 999).Select(Samples.TextOf).Should().Equal(notes[999..]);
        store.Read("run", 1500).Select(Samples.TextOf).Should().Equal(notes[1500..]);
        store.Read("run").Select(Samples.TextOf).Take(3).Should().Equal("1", "2", "3");
        store.Verify().Should().Be(new ChainReport(2500, 0, null));
    }
}
