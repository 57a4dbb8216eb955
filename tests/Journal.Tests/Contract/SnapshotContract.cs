using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Contract;

public abstract class SnapshotContract : JournalContract
{
    private const string Form = "state/1";

    private protected SnapshotContract(TestJournal journal)
        : base(journal)
    {
    }

    /// <summary>Another journal of the same back end.</summary>
    private protected abstract TestJournal Another();

    [ContractFact]
    public async Task The_newest_state_that_was_kept_comes_back()
    {
        await using IEventStore store = Journal.Open();
        store.LatestSnapshot("run", Form).Should().BeNull();
        await Append(store, 0, 1);
        await Append(store, 1, 2);

        StateSnapshot? latest = store.LatestSnapshot("run", Form);

        latest!.SequenceNumber.Should().Be(2);
        latest.State.ToArray().Should().Equal(2, 2, 2);
        store.LatestSnapshot("another", Form).Should().BeNull();
        store.LatestSnapshot("run", "state/2").Should().BeNull("its form is not understood");
        store.Verify().Should().Be(new ChainReport(2, 0, null));
    }

    [ContractFact]
    public async Task Only_the_last_two_are_kept()
    {
        await using IEventStore store = Journal.Open();
        for (byte sequence = 0; sequence < 5; sequence++)
        {
            await Append(store, sequence, sequence);
        }

        Journal.Ask<long>("SELECT COUNT(*) FROM snapshot").Should().Be(2);
        Journal.Ask<long>("SELECT MIN(sequence_number) FROM snapshot").Should().Be(4);
    }

    [ContractTheory]
    [InlineData("snapshot", 2, 2, 3)]
    [InlineData("snapshot")]
    [InlineData("checksum", 0)]
    [InlineData("checksum")]
    public Task A_state_of_other_bytes_is_not_used_and_found(string column, params int[] bytes) =>
        RequireUnused($"{column} = {Journal.Literal([.. bytes.Select(each => (byte)each)])}");

    [ContractTheory]
    [InlineData("manifest = 'state/0'")]
    [InlineData("sequence_number = 3")]
    public Task One_that_does_not_fit_is_not_used_and_found(string damage) => RequireUnused(damage);

    private async Task RequireUnused(string damage)
    {
        await using IEventStore store = Journal.Open();
        await Append(store, 0, 1);
        await Append(store, 1, 2);
        await store.AppendAsync("run", 2, "c");
        Journal.Tamper($"UPDATE snapshot SET {damage} WHERE sequence_number = 2");

        store.LatestSnapshot("run", Form)!.State.ToArray().Should().Equal([1, 1, 1], "the one before it fits");
        store.Verify().FirstFault.Should().Contain("event ").And.Contain("of stream 'run' does not fit");
    }

    [ContractFact]
    public async Task A_state_of_another_past_is_not_used()
    {
        await using (IEventStore store = Journal.Open())
        {
            await Append(store, 0, 1);
        }

        using TestJournal other = Another();
        await using (IEventStore store = other.Open())
        {
            await store.AppendAsync("run", 0, "another past");
        }

        byte[] state = Journal.Ask<byte[]>("SELECT snapshot FROM snapshot");
        byte[] seal = Journal.Ask<byte[]>("SELECT checksum FROM snapshot");
        other.Tamper($"""
            INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, checksum)
            VALUES ('run', 1, 0, {other.Literal(state)}, '{Form}', {other.Literal(seal)})
            """);

        other.OpenForReading().LatestSnapshot("run", Form).Should().BeNull();
    }

    private static async Task Append(IEventStore store, long after, byte state) => await store.AppendAsync(
        new AppendRequest("run", after, [Samples.Note($"{after}")], [])
        {
            Snapshot = new StateSnapshot(after + 1, Form, new byte[] { state, state, state }),
        },
        CancellationToken.None);
}
