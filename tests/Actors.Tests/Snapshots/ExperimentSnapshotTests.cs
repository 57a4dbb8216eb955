using System.Collections.Immutable;
using System.Reflection;
using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Actors.Snapshots;
using DklActors.Actors.Tests.Support;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Tests.Snapshots;

public sealed class ExperimentSnapshotTests
{
    [Fact]
    public async Task A_state_comes_back_to_the_last_bit_after_every_event_and_goes_on_alike()
    {
        await using var laboratory = new Laboratory();
        await laboratory.RunAsync();
        ImmutableArray<StoredEvent> events = await laboratory.ReadAsync();
        ExperimentState folded = ExperimentState.Empty, restored = ExperimentState.Empty;
        foreach (StoredEvent stored in events)
        {
            folded = folded.Apply(stored.Event);
            restored = restored.Apply(stored.Event);

            byte[] kept = ExperimentSnapshot.Write(folded);
            ExperimentSnapshot.Write(restored).Should().Equal(
                kept, "event {0} is applied to what was kept", stored.Ordering);
            restored = ExperimentSnapshot.Read(kept)!;
            restored.Dose.TotalElectrons.Should().Be(folded.Dose.TotalElectrons);
        }

        folded.Run.Should().Be(RunState.Completed);
    }

    [Fact]
    public void Nothing_of_a_state_is_left_out() => NamesOf<ExperimentSnapshot>().Should().Equal(
        NamesOf<ExperimentState>(), "what is added to a state is kept with it, and its form gets a new version");

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"run\":\"dancing\"}")]
    public void What_cannot_be_read_is_no_state(string content) =>
        ExperimentSnapshot.Read(System.Text.Encoding.UTF8.GetBytes(content)).Should().BeNull();

    [Fact]
    public async Task A_run_recovers_from_what_was_kept_and_from_the_events_alike()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { FirstSnapshot = 10 };
        await laboratory.RunAsync();
        var journal = SqliteJournalFile.Open(laboratory.JournalPath);

        RecoveredRun recovered = RunRecovery.Recover(journal, Laboratory.RunId);

        recovered.SnapshotAt.Should().BePositive();
        recovered.Events.Should().Be(journal.Read(Laboratory.RunId).Count());
        ExperimentState folded = ExperimentState.Fold(journal.Read(Laboratory.RunId).Select(stored => stored.Event));
        ExperimentSnapshot.Write(recovered.State).Should().Equal(ExperimentSnapshot.Write(folded));
    }

    [Fact]
    public async Task A_run_with_a_damaged_state_recovers_from_its_events()
    {
        await using var laboratory = new Laboratory();
        laboratory.Settings = laboratory.Settings with { FirstSnapshot = 10 };
        laboratory.Wrap = store => new GarblingStore(store);
        await laboratory.RunAsync();

        RecoveredRun recovered = RunRecovery.Recover(
            SqliteJournalFile.Open(laboratory.JournalPath), Laboratory.RunId);

        recovered.SnapshotAt.Should().Be(0);
        recovered.State.Run.Should().Be(RunState.Completed);
    }

    [Fact]
    public void A_state_is_kept_after_so_many_events_and_then_whenever_there_is_half_as_much_again()
    {
        var policy = new SnapshotPolicy(first: 100, last: 0);

        long[] due = [.. Enumerable.Range(1, 1000).Select(number => (long)number).Where(policy.IsDueAt)];

        due.Should().Equal(100, 150, 225, 337, 505, 757);
        new SnapshotPolicy(first: 100, last: 400).IsDueAt(599).Should().BeFalse();
        new SnapshotPolicy(first: 100, last: 400).IsDueAt(600).Should().BeTrue();
        new SnapshotPolicy(first: 100, last: 0).IsDueAt(SnapshotPolicy.Most + 1).Should().BeFalse();
    }

    private static IEnumerable<string> NamesOf<T>() => typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
        .Order(StringComparer.Ordinal);

    /// <summary>Keeps states that fit the events and mean nothing.</summary>
    private sealed class GarblingStore(IEventStore inner) : IEventStore
    {
        public int Epoch => inner.Epoch;

        public ImmutableArray<string> Streams => inner.Streams;

        public Task<ImmutableArray<StoredEvent>> AppendAsync(
            AppendRequest request, CancellationToken cancellationToken) => inner.AppendAsync(
                request with { Snapshot = request.Snapshot is { } kept ? kept with { State = "?"u8.ToArray() } : null },
                cancellationToken);

        public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) =>
            inner.Read(stream, afterSequence);

        public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => inner.ReadContent(hash);

        public ChainReport Verify() => inner.Verify();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
