using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

/// <summary>
///   daemon ──▶ wire ──▶ server: the wire is cut at every piece of the conversation in turn, also between the commit
///   and its answer, so that the daemon cannot know what became of its transaction.
/// </summary>
[Collection(PostgresServer.Collection)]
public sealed class LostConnectionTests : IDisposable
{
    private readonly PostgresTestJournal _journal;
    private readonly Wire _wire;

    public LostConnectionTests(PostgresServer server)
    {
        _journal = new PostgresTestJournal(server);
        _wire = new Wire(server);
        _journal.Connection = _journal.Connection.Replace(
            Path.GetDirectoryName(server.Socket)!, _wire.Folder, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _wire.Dispose();
    }

    [PostgresFact]
    public async Task A_commit_whose_answer_was_lost_is_found_and_not_repeated()
    {
        await using PostgresEventStore store = _journal.Open();
        await store.AppendAsync("run", 0, "a");
        int lost = 0;
        _wire.Rule(piece => piece.IsAnswer && piece.Bytes.Span.IndexOf("COMMIT\0"u8) >= 0 && lost++ == 0
            ? Wire.Fate.IsLost
            : Wire.Fate.Passes);

        StoredEvent[] answered = [.. await store.AppendAsync("run", 1, "b", "c")];

        lost.Should().BeGreaterThan(0, "the answer must have been on its way");
        store.Read("run").Skip(1).Should().Equal(answered);
        (await store.AppendAsync("run", 3, "d"))[0].Ordering.Should().Be(4);
        store.Verify().Should().Be(new ChainReport(4, 0, null));
    }

    [PostgresTheory]
    [InlineData("IsLost")]
    [InlineData("IsTheLast")]
    public async Task Wherever_the_connection_is_cut_an_append_is_recorded_once(string fate)
    {
        await using PostgresEventStore store = _journal.Open();
        Wire.Fate cut = Enum.Parse<Wire.Fate>(fate);
        int appended = 0;
        for (int place = 0, pieces = int.MaxValue; place < pieces; place++)
        {
            // Counted from the first piece of an append that began on a sound connection.
            int seen = 0;
            _wire.Rule(_ => seen++ == place ? cut : Wire.Fate.Passes);

            StoredEvent stored = (await store.AppendAsync("run", appended, $"{place}"))[0];

            appended++;
            stored.SequenceNumber.Should().Be(appended, "cut at piece {0}", place);
            pieces = seen <= place ? 0 : pieces;
            _wire.Rule(_ => Wire.Fate.Passes);
            await store.AppendAsync("run", appended++, "between");
        }

        appended.Should().BeGreaterThan(8, "a transaction has two questions and two answers");
        store.Read("run").Should().HaveCount(appended);
        store.Read("run").Select(Samples.TextOf).Where(text => text != "between").Should().OnlyHaveUniqueItems();
        store.Verify().Should().Be(new ChainReport(appended, 0, null));
    }

    [PostgresFact]
    public async Task Who_lost_the_connection_and_then_the_run_to_another_writer_is_told_so_and_repeats_nothing()
    {
        await using PostgresEventStore store = _journal.Open();
        await store.AppendAsync("run", 0, "a");
        await using PostgresEventStore successor = _journal.Open();
        await successor.AppendAsync("run", 1, "of the successor");
        bool isCut = false;
        _wire.Rule(piece =>
        {
            bool cuts = !isCut && !piece.IsAnswer;
            isCut |= cuts;
            return cuts ? Wire.Fate.IsLost : Wire.Fate.Passes;
        });

        await store.Awaiting(it => it.AppendAsync("run", 1, "lost")).Should().ThrowAsync<WriterFencedException>();

        isCut.Should().BeTrue();
        successor.Read("run").Select(Samples.TextOf).Should().Equal("a", "of the successor");
        successor.Verify().Should().Be(new ChainReport(2, 0, null));
    }

    [PostgresFact]
    public async Task A_server_that_does_not_answer_fails_the_append_in_time_and_ends_the_store()
    {
        await using PostgresEventStore store = _journal.Open(deadline: TimeSpan.FromSeconds(1));
        await store.AppendAsync("run", 0, "a");
        _wire.Rule(_ => Wire.Fate.IsHeldUp);

        (await store.Awaiting(it => it.AppendAsync("run", 1, "b")).Should().ThrowAsync<JournalException>())
            .WithMessage("*did not answer within 1 s*unknown until the run is resumed*");
        await store.Awaiting(it => it.AppendAsync("run", 1, "c")).Should().ThrowAsync<JournalException>();
    }
}
