using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class GroupCommitContract : JournalContract
{
    private protected GroupCommitContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task Many_concurrent_appends_are_all_recorded_each_stream_in_order()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(stream => $"s{stream}")];
        IReadOnlyDictionary<string, IEventStore> stores = Journal.OpenEach(names);
        Task[] streams = [.. names.Select(name => Task.Run(() => Task.WhenAll(
            Enumerable.Range(0, 40).Select(each => stores[name].AppendAsync(name, each, $"{each}")))))];
        await Task.WhenAll(streams);
        foreach (IEventStore store in stores.Values)
        {
            await store.DisposeAsync();
        }

        await using IEventStore reopened = Journal.Open(stream: "s0");
        reopened.Verify().Should().Be(new ChainReport(320, 0, null));
        foreach (string name in names)
        {
            reopened.Read(name).Select(Samples.TextOf).Should().Equal(
                Enumerable.Range(0, 40).Select(each => $"{each}"));
        }
    }

    [ContractFact]
    public async Task What_has_accumulated_shares_a_commit()
    {
        await using IEventStore store = Journal.Open();
        int before = Journal.CountCommits();
        Task[] appends;
        using (Journal.Lock())
        {
            appends = [.. Enumerable.Range(0, 200).Select(each => store.AppendAsync("run", each, $"{each}"))];
        }

        await Task.WhenAll(appends);

        // One for those that the writer held already, and one for all that came while it waited for the lock.
        (Journal.CountCommits() - before).Should().BeInRange(1, 2);
        store.Verify().Should().Be(new ChainReport(200, 0, null));
    }
}
