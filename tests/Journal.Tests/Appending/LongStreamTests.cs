using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Appending;

/// <summary>Streams that are long enough to be read ahead.</summary>
public sealed class LongStreamTests : IAsyncLifetime, IDisposable
{
    private const int Events = 3000;

    private readonly JournalFile _file = new();

    public async Task InitializeAsync()
    {
        await using SqliteEventStore store = _file.Open();
        await store.AppendAsync("run", 0, [.. Enumerable.Range(1, Events).Select(each => $"note {each}")]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1464)]
    [InlineData(1976)]
    [InlineData(2999)]
    [InlineData(3000)]
    public void All_events_come_once_and_in_order(long after) =>
        SqliteJournalFile.Open(_file.Path).Read("run", after).Select(stored => stored.SequenceNumber)
            .Should().Equal(Enumerable.Range(1, Events).Select(number => (long)number).Where(number => number > after));

    [Theory]
    [InlineData(5)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(1537)]
    [InlineData(2999)]
    public void The_events_before_one_that_cannot_be_read_are_given(int damaged)
    {
        _file.Tamper($"UPDATE journal SET message = x'00' WHERE ordering = {damaged}");
        var read = new List<StoredEvent>();

        Action reading = () => read.AddRange(Followed(SqliteJournalFile.Open(_file.Path).Read("run"), read));

        reading.Should().Throw<JournalDamagedException>().WithMessage($"Event {damaged}:*");
        read.Should().HaveCount(damaged - 1);
    }

    [Fact]
    public void Who_stops_in_the_middle_leaves_nothing_open()
    {
        SqliteJournalFile.Open(_file.Path).Read("run").Take(2000).Should().HaveCount(2000);

        _file.Tamper("VACUUM");
    }

    private static IEnumerable<StoredEvent> Followed(IEnumerable<StoredEvent> events, List<StoredEvent> seen)
    {
        foreach (StoredEvent stored in events)
        {
            seen.Add(stored);
        }

        yield break;
    }
}
