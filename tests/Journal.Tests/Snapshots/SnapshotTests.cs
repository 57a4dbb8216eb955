using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private const string Form = "state/1";

    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task The_newest_state_that_was_kept_comes_back()
    {
        await using SqliteEventStore store = _file.Open();
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

    [Fact]
    public async Task Only_the_last_two_are_kept()
    {
        await using SqliteEventStore store = _file.Open();
        for (byte sequence = 0; sequence < 5; sequence++)
        {
            await Append(store, sequence, sequence);
        }

        _file.Ask<long>("SELECT COUNT(*) FROM snapshot").Should().Be(2);
        _file.Ask<long>("SELECT MIN(sequence_number) FROM snapshot").Should().Be(4);
    }

    [Theory]
    [InlineData("snapshot = x'020203'")]
    [InlineData("snapshot = x''")]
    [InlineData("checksum = zeroblob(32)")]
    [InlineData("checksum = x''")]
    [InlineData("manifest = 'state/0'")]
    [InlineData("sequence_number = 3")]
    public async Task One_that_does_not_fit_is_not_used_and_found(string damage)
    {
        await using SqliteEventStore store = _file.Open();
        await Append(store, 0, 1);
        await Append(store, 1, 2);
        await store.AppendAsync("run", 2, "c");
        _file.Tamper($"UPDATE snapshot SET {damage} WHERE sequence_number = 2");

        store.LatestSnapshot("run", Form)!.State.ToArray().Should().Equal([1, 1, 1], "the one before it fits");
        store.Verify().FirstFault.Should().Contain("event ").And.Contain("of stream 'run' does not fit");
    }

    [Fact]
    public async Task A_state_of_another_past_is_not_used()
    {
        await using (SqliteEventStore store = _file.Open())
        {
            await Append(store, 0, 1);
        }

        using var other = new JournalFile();
        await using (SqliteEventStore store = other.Open())
        {
            await store.AppendAsync("run", 0, "another past");
        }

        byte[] state = _file.Ask<byte[]>("SELECT snapshot FROM snapshot");
        byte[] seal = _file.Ask<byte[]>("SELECT checksum FROM snapshot");
        other.Tamper($"""
            INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, checksum)
            VALUES ('run', 1, 0, x'{Convert.ToHexString(state)}', '{Form}', x'{Convert.ToHexString(seal)}')
            """);

        SqliteJournalFile.Open(other.Path).LatestSnapshot("run", Form).Should().BeNull();
    }

    private static async Task Append(SqliteEventStore store, long after, byte state) => await store.AppendAsync(
        new AppendRequest("run", after, [Samples.Note($"{after}")], [])
        {
            Snapshot = new StateSnapshot(after + 1, Form, new byte[] { state, state, state }),
        },
        CancellationToken.None);
}
