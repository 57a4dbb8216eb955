using System.Collections.Immutable;
using DklActors.Host.Journals;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using Microsoft.Data.Sqlite;

namespace DklActors.Host.Tests.Journals;

public sealed class OpenedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-opened-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1300)]
    public async Task The_end_and_what_is_before_it_are_found(int events)
    {
        await AppendAsync(0, events);
        var run = OpenedRun.Open(_folder);

        run.LastSequence().Should().Be(events);
        run.Last(3, 0, events, _ => true).Select(stored => stored.SequenceNumber)
            .Should().Equal(Enumerable.Range(1, events).TakeLast(3).Select(number => (long)number));
        run.Last(3, events - 1, events, _ => true).Should().ContainSingle();
        run.Last(0, 0, events, _ => true).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_rare_is_found_far_back()
    {
        await AppendAsync(0, 1300);
        var run = OpenedRun.Open(_folder);

        run.Last(4, 0, 1300, stored => stored.SequenceNumber % 500 == 0).Select(stored => stored.SequenceNumber)
            .Should().Equal(500, 1000);
    }

    [Fact]
    public async Task A_number_that_damage_made_enormous_is_found_and_said()
    {
        await AppendAsync(0, 3);
        string path = Path.Combine(_folder, "journal.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            using SqliteCommand damage = connection.CreateCommand();
            damage.CommandText = "UPDATE journal SET sequence_number = 9000000000000000000 WHERE sequence_number = 3";
            await damage.ExecuteNonQueryAsync();
        }

        var run = OpenedRun.Open(_folder);
        Action last = () => run.Last(3, 0, run.LastSequence(), _ => true);
        last.Should().Throw<JournalDamagedException>().WithMessage("*verify the journal*");
    }

    [Fact]
    public async Task Following_shows_each_event_once_and_ends_with_the_run()
    {
        await AppendAsync(0, 5);
        var time = new ManualTimeProvider();
        List<long> shown = [];
        var tail = new JournalTail(
            OpenedRun.Open(_folder), new TailRequest(2, 0, [], Follow: true),
            stored => shown.Add(stored.SequenceNumber), time);
        Task following = tail.RunAsync(CancellationToken.None);
        shown.Should().Equal(4, 5);

        await AppendAsync(5, 2);
        await NextGlanceAsync(time, () => shown.Count == 4);
        await AppendAsync(7, 0, new ExperimentCompleted(0, "done"));
        await NextGlanceAsync(time, () => following.IsCompleted);
        await following;
        shown.Should().Equal(4, 5, 6, 7, 8);
    }

    [Fact]
    public async Task Following_ends_when_the_person_has_seen_enough()
    {
        await AppendAsync(0, 1);
        using var enough = new CancellationTokenSource();
        var tail = new JournalTail(
            OpenedRun.Open(_folder), new TailRequest(0, 0, [], Follow: true), _ => { }, new ManualTimeProvider());
        Task following = tail.RunAsync(enough.Token);
        await enough.CancelAsync();

        await following.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    // The continuation runs on another thread; the clock goes on until it has looked.
    private static async Task NextGlanceAsync(ManualTimeProvider time, Func<bool> until)
    {
        while (!until())
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }
    }

    private async Task AppendAsync(long expected, int count, params JournalEvent[] more)
    {
        await using var store = SqliteEventStore.Open(
            SqliteJournalOptions.For(Path.Combine(_folder, "journal.db"), "tests"), TimeProvider.System);
        ImmutableArray<JournalEvent> events =
            [.. Enumerable.Range(0, count).Select(number => new RunPaused("operator", $"{number}")), .. more];
        await store.AppendAsync(new AppendRequest("run", expected, events, []), CancellationToken.None);
    }
}
