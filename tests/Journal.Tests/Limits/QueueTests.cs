using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Limits;

public sealed class QueueTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_keeps_what_it_accepted()
    {
        await using SqliteEventStore store = _file.Open(queueLimit: 4);
        var accepted = new List<Task>();
        Task? refused = null;
        using (_file.Lock())
        {
            // The writer holds at most 256 requests while it waits for the lock, and four wait behind it.
            for (int each = 0; each < 300 && refused is null; each++)
            {
                Task append = store.AppendAsync($"s{each}", 0, "a");
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
        store.Streams.Should().HaveCount(accepted.Count);
        store.Verify().Should().Be(new ChainReport(accepted.Count, 0, null));
    }

    [Fact]
    public async Task Closing_records_what_was_accepted_and_then_refuses()
    {
        SqliteEventStore store = _file.Open();
        Task[] accepted;
        using (_file.Lock())
        {
            accepted = [.. Enumerable.Range(0, 50).Select(each => store.AppendAsync("run", each, $"{each}"))];
        }

        await store.DisposeAsync();
        await store.DisposeAsync();

        await Task.WhenAll(accepted);
        SqliteJournalFile.Open(_file.Path).Verify().Events.Should().Be(50);
        (await store.Awaiting(it => it.AppendAsync("run", 50, "late")).Should().ThrowAsync<JournalException>())
            .WithMessage("*closed*");
    }
}
