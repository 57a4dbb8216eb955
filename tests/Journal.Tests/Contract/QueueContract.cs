using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class QueueContract : JournalContract
{
    private protected QueueContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task A_full_queue_refuses_at_once_and_keeps_what_it_accepted()
    {
        await using IEventStore store = Journal.Open(queueLimit: 4);
        var accepted = new List<Task>();
        Task? refused = null;
        using (Journal.Lock())
        {
            // The writer holds what it took before it waited for the lock, and four wait behind it.
            for (int each = 0; each < 1100 && refused is null; each++)
            {
                Task append = store.AppendAsync("run", each, "a");
                if (append.IsFaulted)
                {
                    refused = append;
                }
                else
                {
                    accepted.Add(append);
                }
            }
        }

        (await refused.Invoking(it => it!).Should().ThrowAsync<JournalException>())
            .WithMessage("*has 4 requests waiting*");
        await Task.WhenAll(accepted);
        store.Read("run").Should().HaveCount(accepted.Count);
        store.Verify().Should().Be(new ChainReport(accepted.Count, 0, null));
    }

    [ContractFact]
    public async Task Closing_records_what_was_accepted_and_then_refuses()
    {
        IEventStore store = Journal.Open();
        Task[] accepted;
        using (Journal.Lock())
        {
            accepted = [.. Enumerable.Range(0, 50).Select(each => store.AppendAsync("run", each, $"{each}"))];
        }

        await store.DisposeAsync();
        await store.DisposeAsync();

        await Task.WhenAll(accepted);
        Journal.OpenForReading().Verify().Events.Should().Be(50);
        (await store.Awaiting(it => it.AppendAsync("run", 50, "late")).Should().ThrowAsync<JournalException>())
            .WithMessage("*closed*");
    }
}
