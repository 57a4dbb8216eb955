using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

/// <summary>The server is killed or stopped under load, and started again.</summary>
[Collection(PostgresServer.Collection)]
public sealed class RestartTests(PostgresServer server) : IDisposable
{
    private const int Daemons = 3;
    private const int Restarts = 3;

    private readonly PostgresTestJournal _journal = new(server);

    public void Dispose() => _journal.Dispose();

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_under_load_loses_nothing_and_repeats_nothing(bool isKilled)
    {
        string[] names = [.. Enumerable.Range(0, Daemons).Select(each => $"run-{each}")];
        IReadOnlyDictionary<string, IEventStore> stores = _journal.OpenEach(names);
        using var done = new CancellationTokenSource();
        Load[] loads = [.. names.Select(name => new Load(stores[name], name, done.Token))];
        for (int restart = 1; restart <= Restarts; restart++)
        {
            await Task.WhenAll(loads.Select(load => load.Reached(40 * restart)));
            if (isKilled)
            {
                server.Kill();
            }
            else
            {
                server.Stop();
            }

            server.Start();
        }

        await Task.WhenAll(loads.Select(load => load.Reached(40 * (Restarts + 1))));
        await done.CancelAsync();
        await Task.WhenAll(loads.Select(load => load.Completion));
        foreach (IEventStore store in stores.Values)
        {
            await store.DisposeAsync();
        }

        IJournalReader reader = _journal.OpenForReading();
        ChainReport report = reader.Verify();
        report.IsIntact.Should().BeTrue(report.FirstFault);
        report.Events.Should().Be(loads.Sum(load => load.Acknowledged.Count));
        foreach (Load load in loads)
        {
            reader.Read(load.Stream).Should().Equal(load.Acknowledged);
        }
    }

    [PostgresFact]
    public async Task A_server_away_for_longer_than_the_deadline_fails_the_append_in_words_and_the_run_resumes_later()
    {
        await using (PostgresEventStore store = _journal.Open(deadline: TimeSpan.FromSeconds(1)))
        {
            await store.AppendAsync("run", 0, "a");
            server.Stop();
            try
            {
                (await store.Awaiting(it => it.AppendAsync("run", 1, "b")).Should().ThrowAsync<JournalException>())
                    .WithMessage("The journal postgres on * could not be written: *mend the server*resume the run.");
                FluentActions.Invoking(() => _journal.Open(deadline: TimeSpan.FromSeconds(1)))
                    .Should().Throw<JournalException>().WithMessage("*cannot be opened*");
            }
            finally
            {
                server.Start();
            }

            await store.Awaiting(it => it.AppendAsync("run", 1, "c"))
                .Should().ThrowAsync<JournalException>("never go on without a log");
        }

        await using PostgresEventStore reopened = _journal.Open();
        await reopened.AppendAsync("run", 1, "d");
        reopened.Read("run").Select(Samples.TextOf).Should().Equal("a", "d");
        reopened.Verify().Should().Be(new ChainReport(2, 0, null));
    }

    [PostgresTheory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public void A_server_that_can_lose_what_it_confirmed_is_refused(string setting)
    {
        server.Stop();
        server.Start($"{setting}=off");
        try
        {
            FluentActions.Invoking(() => _journal.Open()).Should().Throw<JournalException>()
                .WithMessage($"*{setting} = off*can lose*set {setting} = on*");
        }
        finally
        {
            server.Stop();
            server.Start();
        }
    }

    [PostgresFact]
    public async Task A_server_that_confirms_early_is_held_to_the_disk()
    {
        server.Stop();
        server.Start("synchronous_commit=off");
        try
        {
            await using PostgresEventStore store = _journal.Open();
            await store.AppendAsync("run", 0, "a");
            server.Kill();
            server.Start();
            store.Read("run").Should().ContainSingle();
        }
        finally
        {
            server.Stop();
            server.Start();
        }
    }

    /// <summary>A run that appends one request after the other, some of one event and some of three.</summary>
    private sealed class Load
    {
        private readonly Dictionary<int, TaskCompletionSource> _marks = [];

        public Load(IEventStore store, string stream, CancellationToken end)
        {
            Stream = stream;
            Completion = Task.Run(() => AppendAsync(store, end), CancellationToken.None);
        }

        public string Stream { get; }

        public List<StoredEvent> Acknowledged { get; } = [];

        public Task Completion { get; }

        /// <summary>Completes with so many requests, or with the load itself where that fails.</summary>
        public async Task Reached(int requests) => await await Task.WhenAny(MarkOf(requests).Task, Completion);

        private async Task AppendAsync(IEventStore store, CancellationToken end)
        {
            for (int request = 1; !end.IsCancellationRequested; request++)
            {
                string[] notes = [.. Enumerable.Range(0, request % 2 == 0 ? 3 : 1).Select(each => $"{request}.{each}")];
                Acknowledged.AddRange(await store.AppendAsync(Stream, Acknowledged.Count, notes));
                MarkOf(request).TrySetResult();
            }
        }

        private TaskCompletionSource MarkOf(int requests)
        {
            lock (_marks)
            {
                if (!_marks.TryGetValue(requests, out TaskCompletionSource? mark))
                {
                    mark = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _marks.Add(requests, mark);
                }

                return mark;
            }
        }
    }
}
