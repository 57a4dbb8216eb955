using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;

namespace DklActors.Journal.Tests.Recovery;

public sealed class ReopeningTests : IDisposable
{
    private readonly JournalFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task After_an_abrupt_end_every_acknowledged_event_and_frame_is_there()
    {
        await using SqliteEventStore store = _file.Open();
        for (int point = 1; point <= 30; point++)
        {
            Content frame = Samples.Spectrum(point);
            await store.AppendAsync(
                new AppendRequest("run", point - 1, [Samples.Recorded(point, frame)], [frame]), CancellationToken.None);
        }

        await using SqliteEventStore survivor = OpenAt(_file.CopyAsLeftByAPowerCut());

        survivor.Verify().Should().Be(new ChainReport(30, 30, null));
        survivor.Read("run").Should().Equal(store.Read("run"));
        (await survivor.AppendAsync("run", 30, "on"))[0].Ordering.Should().Be(31);
    }

    [Fact]
    public async Task An_abrupt_end_amid_appends_keeps_all_that_was_acknowledged_and_no_part_of_a_request()
    {
        await using SqliteEventStore store = _file.Open();
        int acknowledged = 0;
        Task writing = Task.Run(async () =>
        {
            for (int each = 0; each < 60; each++)
            {
                await store.AppendAsync("run", 3 * each, "a", "b", "c");
                Volatile.Write(ref acknowledged, 3 * (each + 1));
            }
        });
        var copies = new List<(int Acknowledged, string Path)>();
        while (!writing.IsCompleted && copies.Count < 20)
        {
            int before = Volatile.Read(ref acknowledged);
            copies.Add((before, _file.CopyAsLeftByAPowerCut()));
        }

        await writing;
        foreach ((int before, string path) in copies)
        {
            await using SqliteEventStore survivor = OpenAt(path);
            ChainReport report = survivor.Verify();
            report.IsIntact.Should().BeTrue(report.FirstFault);
            report.Events.Should().BeGreaterThanOrEqualTo(before);
            (report.Events % 3).Should().Be(0, "a request is recorded whole or not at all");
        }
    }

    [Fact]
    public async Task A_log_torn_anywhere_still_gives_whole_requests_up_to_the_tear()
    {
        string whole;
        await using (SqliteEventStore store = _file.Open())
        {
            for (int each = 0; each < 20; each++)
            {
                await store.AppendAsync("run", 3 * each, "a", "b", "c");
            }

            whole = _file.CopyAsLeftByAPowerCut();
        }

        byte[] log = await File.ReadAllBytesAsync(whole + "-wal");
        var random = new Random(20_260_103);
        var lengths = new SortedSet<long>();
        for (int trial = 0; trial < 60; trial++)
        {
            int kept = random.Next(log.Length + 1);
            byte[] torn = log[..kept];
            if (trial % 2 == 1 && kept > 0)
            {
                torn[random.Next(kept)] ^= (byte)(1 << random.Next(8));
            }

            string path = Path.Combine(_file.Folder, $"torn-{trial}.db");
            File.Copy(whole, path);
            await File.WriteAllBytesAsync(path + "-wal", torn);

            await using SqliteEventStore survivor = OpenAt(path);
            ChainReport report = survivor.Verify();
            report.IsIntact.Should().BeTrue("trial {0}: {1}", trial, report.FirstFault);
            (report.Events % 3).Should().Be(0, "a request is recorded whole or not at all");
            survivor.Read("run").Should().HaveCount((int)report.Events);
            lengths.Add(report.Events);
        }

        lengths.Count.Should().BeGreaterThan(10, "the tears must have met different requests");
    }

    private static SqliteEventStore OpenAt(string path) =>
        SqliteEventStore.Open(SqliteJournalOptions.For(path, "survivor"), TimeProvider.System);
}
