using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class FencingContract : JournalContract
{
    private protected FencingContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task A_second_writer_fences_the_first_one_off()
    {
        await using IEventStore first = Journal.Open();
        await first.AppendAsync("run", 0, "a");
        await using IEventStore second = Journal.Open();

        (await first.Awaiting(it => it.AppendAsync("run", 1, "lost")).Should().ThrowAsync<WriterFencedException>())
            .WithMessage("*epoch 2*epoch 1 is over*");
        await second.AppendAsync("run", 1, "b");
        await first.Awaiting(it => it.AppendAsync("run", 2, "lost")).Should().ThrowAsync<WriterFencedException>();

        second.Read("run").Select(Samples.TextOf).Should().Equal("a", "b");
        second.Read("run").Select(each => each.Epoch).Should().Equal(1, 2);
        second.Verify().Should().Be(new ChainReport(2, 0, null));
    }

    [ContractFact]
    public async Task A_fenced_writer_may_still_read()
    {
        await using IEventStore first = Journal.Open();
        await using IEventStore second = Journal.Open();
        await second.AppendAsync("run", 0, "b");

        first.Read("run").Select(Samples.TextOf).Should().Equal("b");
    }

    [ContractFact]
    public async Task Every_opening_begins_a_new_epoch()
    {
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            await using IEventStore store = Journal.Open();
            store.Epoch.Should().Be(epoch);
        }
    }
}
