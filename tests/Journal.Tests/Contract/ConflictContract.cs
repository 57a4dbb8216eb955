using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class ConflictContract : JournalContract
{
    private protected ConflictContract(TestJournal journal)
        : base(journal)
    {
    }

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task A_wrong_expectation_leaves_nothing_behind(long expected)
    {
        await using IEventStore store = Journal.Open();
        await store.AppendAsync("run", 0, "a", "b");
        Content content = Samples.Spectrum(1);
        var request = new AppendRequest("run", expected, [Samples.Recorded(1, content)], [content]);

        (await store.Awaiting(it => it.AppendAsync(request, CancellationToken.None))
            .Should().ThrowAsync<SequenceConflictException>())
            .WithMessage($"*'run' ends at sequence number 2, not at {expected}*nothing was written*");

        store.Read("run").Should().HaveCount(2);
        store.Verify().Should().Be(new ChainReport(2, 0, null));
        (await store.AppendAsync("run", 2, "c"))[0].Ordering.Should().Be(3, "a refused request uses up no number");
    }

    [ContractFact]
    public async Task Others_in_the_same_commit_are_recorded()
    {
        await using IEventStore store = Journal.Open();
        Task first, before, conflicting, after;
        using (Journal.Lock())
        {
            // While the journal is locked, requests pile up and go into one commit.
            first = store.AppendAsync("run", 0, "a");
            before = store.AppendAsync("run", 1, "b");
            conflicting = store.AppendAsync("run", 1, "c");
            after = store.AppendAsync("run", 2, "d");
        }

        await Task.WhenAll(first, before, after);
        await conflicting.Invoking(it => it).Should().ThrowAsync<SequenceConflictException>();

        store.Read("run").Select(Samples.TextOf).Should().Equal("a", "b", "d");
        store.Verify().Should().Be(new ChainReport(3, 0, null));
    }

    [ContractFact]
    public async Task Of_many_who_expect_the_same_end_one_wins()
    {
        await using IEventStore store = Journal.Open();

        Task[] racing =
        [
            .. Enumerable.Range(0, 20).Select(each => Task.Run(() => store.AppendAsync("run", 0, $"{each}"))),
        ];
        await Task.WhenAll(racing).ContinueWith(_ => { }, TaskScheduler.Default);

        racing.Count(each => each.IsCompletedSuccessfully).Should().Be(1);
        racing.Where(each => each.IsFaulted).Select(each => each.Exception!.InnerException)
            .Should().AllBeOfType<SequenceConflictException>().And.HaveCount(19);
        store.Read("run").Should().ContainSingle();
    }
}
