using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class DeadlineContract : JournalContract
{
    private protected DeadlineContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractFact]
    public async Task An_append_that_gets_no_answer_in_time_fails_and_never_claims_to_be_recorded()
    {
        var clock = new ManualTimeProvider();
        await using IEventStore store = Journal.Open(clock, TimeSpan.FromSeconds(20));
        Task append;
        using (Journal.Lock())
        {
            append = store.AppendAsync("run", 0, "a");
            clock.Advance(TimeSpan.FromSeconds(19.9));
            append.IsCompleted.Should().BeFalse();

            clock.Advance(TimeSpan.FromSeconds(0.2));
            (await append.Invoking(it => it).Should().ThrowAsync<JournalException>())
                .WithMessage("*did not answer within 20 s*unknown until the run is resumed*");
        }
    }

    [ContractFact]
    public async Task A_writer_locked_out_for_longer_than_the_deadline_takes_nothing_more()
    {
        // The clock of the waiters stands; only the back end's own patience of one second runs out.
        await using IEventStore store = Journal.Open(new ManualTimeProvider(), TimeSpan.FromSeconds(1));
        using (Journal.Lock())
        {
            (await store.Awaiting(it => it.AppendAsync("run", 0, "a")).Should().ThrowAsync<JournalException>())
                .WithMessage($"*could not be written*{Journal.WordOfLock}*resume the run*");
        }

        await store.Awaiting(it => it.AppendAsync("run", 0, "b")).Should().ThrowAsync<JournalException>();
        store.Read("run").Should().BeEmpty();
    }
}
